import { describe, expect, it } from "vitest";
import type { ApplianceReport } from "./report.ts";
import { chainDoubts } from "./appliance-doubts.ts";
import { type ChainRecord, createChainRecorder } from "./chain-record.ts";
import type { ReceivedReport } from "./input.ts";
import { at, box, bundle } from "./testdata/bundles.ts";

/** A chain whose newest bundle is this place; it ended and was received in minute 10. */
function chainTo(epoch: number, seq: number): ChainRecord {
  const recorder = createChainRecorder(box);
  recorder.add(bundle({ epoch, seq, kind: "snapshot", minute: 10 }));
  return recorder.record();
}

interface Said {
  readonly head: ApplianceReport["head"];
  readonly outbox?: number;
  readonly minute?: number;
  readonly received?: number;
}

function said({ head, outbox = 0, minute = 20, received = minute }: Said): ReceivedReport {
  const report: ApplianceReport = {
    schemaVersion: "1",
    asOf: at(minute),
    startedAt: at(0),
    head,
    outbox,
    assignment: null,
    healing: { mode: "full", reasons: [] },
    ceiling: { mode: "full", risk: "low", argv: false, hosts: "practice" },
    suspension: null,
    override: null,
    held: [],
    faults: [],
    software: { name: "agent", version: "1" },
    nextRunAt: null,
    checkpoint: null,
  };
  return { report, receivedAt: at(received) };
}

const place = (epoch: number, seq: number, digest = `digest ${epoch}-${seq}`): NonNullable<Said["head"]> => ({
  epoch,
  seq,
  digest,
});

describe("an appliance's last word and its chain", () => {
  it("fit when what is not here still waits to be sent", () => {
    expect(chainDoubts(said({ head: place(0, 7) }), chainTo(0, 7))).toEqual([]);
    expect(chainDoubts(said({ head: place(0, 9), outbox: 2 }), chainTo(0, 7))).toEqual([]);
    expect(chainDoubts(said({ head: place(1, 1), outbox: 2 }), chainTo(0, 7))).toEqual([]);
    expect(chainDoubts(said({ head: place(0, 2), outbox: 3 }), undefined)).toEqual([]);
    expect(chainDoubts(undefined, chainTo(0, 7))).toEqual([]);
    expect(chainDoubts(said({ head: null }), undefined)).toEqual([]);
  });

  it("do not fit when what it no longer has to send is not here", () => {
    expect(chainDoubts(said({ head: place(0, 9), outbox: 1 }), chainTo(0, 7))).toEqual(["EVIDENCE_MISSING"]);
    expect(chainDoubts(said({ head: place(1, 1), outbox: 1 }), chainTo(0, 7))).toEqual(["EVIDENCE_MISSING"]);
    expect(chainDoubts(said({ head: place(0, 0) }), undefined)).toEqual(["EVIDENCE_MISSING"]);
  });

  it("do not fit when it has signed less than is here, or something else", () => {
    for (const head of [place(0, 6), place(0, 7, "another"), place(0, 6), null]) {
      expect(chainDoubts(said({ head }), chainTo(0, 7))).toEqual(["CHAIN_SET_BACK"]);
    }
    expect(chainDoubts(said({ head: place(0, 30) }), chainTo(1, 0))).toEqual(["CHAIN_SET_BACK"]);
  });

  it("are not compared when the word was made or received before the newest bundle", () => {
    const head = place(0, 6);
    expect(chainDoubts(said({ head, minute: 11 }), chainTo(0, 7))).toEqual([]);
    expect(chainDoubts(said({ head, minute: 20, received: 10 }), chainTo(0, 7))).toEqual([]);
  });
});
