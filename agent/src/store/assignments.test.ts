import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { commitEnvelopes } from "../testdata/commit.ts";
import { markAt } from "../testdata/time-mark.ts";
import { type AgentStore, createStore } from "./agent-store.ts";
import { openDatabase } from "./database.ts";

let folder: string;
let store: AgentStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-assignments-"));
  store = createStore(openDatabase(join(folder, "agent.db")));
});

afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const DAY = 24 * 60 * 60 * 1000;

function adopt(digest: string, bytes: Uint8Array = Buffer.from(digest)): void {
  const key = { controllerKey: "k", repinned: false };
  store.saveAssignment({ digest, signature: `by ${digest}`, bytes, ...key }, markAt(1));
}

/** Adopts an assignment and signs a bundle under it, which has the name of the assignment, too. */
function work(digest: string, bytes?: Uint8Array): void {
  adopt(digest, bytes);
  commitEnvelopes(store, [{ digest, bytes: Buffer.from(digest) }], { assignment: digest });
}

describe("assignments", () => {
  it("that bundles in the outbox name are kept, and to be sent while those wait", () => {
    for (const digest of ["a", "b"]) work(digest);
    adopt("nothing was signed under it");
    adopt("c");
    expect(store.assignmentsToSend()).toEqual(["a", "b", "c"]);
    expect(store.assignment()).toMatchObject({ digest: "c" });
    store.acknowledge(["a", "b"], DAY);
    expect(store.assignmentsToSend()).toEqual(["c"]);
    store.resendAfter({ epoch: 0, seq: 0 });
    expect(store.assignmentsToSend()).toEqual(["b", "c"]);
    expect(store.assignmentOf("b")).toMatchObject({
      signature: "by b",
      bytes: Uint8Array.from(Buffer.from("b")),
    });
  });

  it("go with the last bundle that names them, and the one in force never", () => {
    work("a");
    work("b");
    store.acknowledge(["a"], DAY);
    store.acknowledge(["b"], 32 * DAY);
    adopt("b");
    expect(["a", "b"].map((digest) => store.assignmentOf(digest)?.digest)).toEqual([undefined, "b"]);
  });

  it("take 64 MiB at most, with the one in force: the oldest go", () => {
    const large = Buffer.alloc(30 * 1024 * 1024);
    for (const digest of ["a", "b", "c"]) work(digest, large);
    expect(store.assignmentsToSend()).toEqual(["b", "c"]);
  });
});
