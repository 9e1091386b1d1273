import { type HealRecord, readTranscript, type Transcript } from "@compline/core";
import type { Step } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import { HostError } from "../errors.ts";
import type { Host, ProgramOutput } from "../transports/host.ts";
import type { HostFiles } from "../transports/host-files.ts";
import type { Backups } from "./backup.ts";
import { Recorder } from "./recorder.ts";
import { runSteps } from "./steps.ts";

const record = {
  host: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  check: "auditd-runs",
  runbook: "auditd-start",
  startedAt: "2026-11-27T08:00:00.000Z",
} as HealRecord; // no other member is looked at

const said = (code: number, stdout: string, stderr = ""): ProgramOutput => {
  return { code, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) };
};

async function transcriptOf(
  run: Host["run"],
  steps: readonly Step[],
  undo = false,
): Promise<Transcript | null> {
  const recorder = new Recorder();
  const ports = {
    host: "h",
    opened: { practice: false, files: {} as HostFiles, run }, // no file is looked at
    backups: {} as Backups,
    units: new Map(),
    crashPoint: () => undefined,
    recorder,
    undo,
  };
  await runSteps(ports, steps, new AbortController().signal).catch(() => undefined);
  return readTranscript(recorder.transcript(record));
}

const START = { run: { argv: ["/usr/bin/start", "auditd"] } };

describe("what is taken down of a heal", () => {
  test("is each program with how it ended and what it said, without what looks like a secret", async () => {
    const run = async (): Promise<ProgramOutput> => said(0, "started\n", "password=hunter2\n");
    expect(await transcriptOf(run, [START])).toMatchObject({
      ...record,
      salt: expect.stringMatching(/^[0-9a-f]{64}$/),
      steps: [
        {
          step: "run /usr/bin/start",
          undo: false,
          outcome: "done",
          error: null,
          programs: [
            {
              argv: START.run.argv,
              status: 0,
              stdout: { text: "started\n", cut: false },
              stderr: { text: "password= [redacted]\n", cut: false },
            },
          ],
        },
      ],
    });
  });

  test("ends at the step that failed, with why", async () => {
    const run = async ([program]: readonly string[]): Promise<ProgramOutput> =>
      said(program === START.run.argv[0] ? 3 : 0, "");
    const transcript = await transcriptOf(run, [{ reload: { service: "ssh" } }, START, START], true);
    expect(
      transcript?.steps.map(({ step, undo, outcome, error, programs }) => [
        step,
        undo,
        outcome,
        error,
        programs[0]?.status,
      ]),
    ).toEqual([
      ["reload ssh", true, "done", null, 0],
      ["run /usr/bin/start", true, "failed", "COMMAND_FAILED", 3],
    ]);
  });

  test("has no status of a program that gave none", async () => {
    const run = (): Promise<ProgramOutput> => Promise.reject(new HostError("TIMEOUT"));
    expect((await transcriptOf(run, [START]))?.steps).toMatchObject([
      { outcome: "failed", error: "TIMEOUT", programs: [{ status: null }] },
    ]);
  });

  test("has a salt of its own each time, so that equal heals have other digests", async () => {
    const run = async (): Promise<ProgramOutput> => said(0, "");
    const [one, other] = [await transcriptOf(run, [START]), await transcriptOf(run, [START])];
    expect(one?.steps).toEqual(other?.steps);
    expect(one?.salt).not.toBe(other?.salt);
  });
});
