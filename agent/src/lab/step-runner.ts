/**
 * A program for the chaos lab: `node step-runner.ts --appliance DIR` does steps on a host behind SSH as a heal does
 * them, and undoes them, when it is told to, so that the lab sees each state between. It reads requests as lines of
 * JSON on standard input, one after the other, and answers each with a line; it ends with its input.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { AssignmentHost, Step, UndoStep } from "@compline/schemas";
import { HostError } from "../errors.ts";
import { openBackups } from "../heal/backup.ts";
import { HealError } from "../heal/heal-error.ts";
import { Recorder } from "../heal/recorder.ts";
import { runSteps } from "../heal/steps.ts";
import type { UnitBefore } from "../heal/units.ts";
import { credentialDirectory, readCredential } from "../state/credentials.ts";
import { Hosts } from "../transports/hosts.ts";

/** What is to be done. Steps with the same number share what was kept before they changed it. */
interface Request {
  readonly host: AssignmentHost;
  readonly keep: number;
  readonly steps: readonly (Step | UndoStep)[];
  /** First every file and unit that was kept under this number is put back; in the end, another log-in is tried. */
  readonly putBack: boolean;
}

const LIMIT_MS = 60_000;

const { appliance = "" } = parseArgs({ options: { appliance: { type: "string" } } }).values;
const credentials = credentialDirectory(appliance, undefined);
const hosts = new Hosts({ folder: appliance, credentials: (name) => readCredential(credentials, name) });
const kept = mkdtempSync(join(tmpdir(), "compline-steps-"));
const keptUnits = new Map<number, Map<string, UnitBefore>>();

for await (const line of createInterface({ input: process.stdin })) {
  // Written by the lab, which is ours.
  const request = JSON.parse(line) as Request;
  const fault = await faultOf(() => carryOut(request));
  const lost = request.putBack ? await faultOf(() => logInAgain(request.host)) : null;
  process.stdout.write(`${JSON.stringify({ fault, lost })}\n`);
}
rmSync(kept, { recursive: true });
process.exit(0);

async function faultOf(work: () => Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof HealError) return error.fault;
    if (error instanceof HostError) return error.token;
    throw error;
  }
}

/** A session that is open says nothing of the next one. */
async function logInAgain(host: AssignmentHost): Promise<void> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  await hosts.reachAgain(host, signal);
  hosts.beginRound(host);
  await hosts.use(host, { signal, limitMs: LIMIT_MS }, () => Promise.resolve());
}

async function carryOut({ host, keep, steps, putBack }: Request): Promise<void> {
  const backups = openBackups(kept, keep);
  const signal = AbortSignal.timeout(LIMIT_MS);
  const units = keptUnits.get(keep) ?? new Map<string, UnitBefore>();
  keptUnits.set(keep, units);
  const restored: readonly UndoStep[] = [
    ...[...units.keys()].map((unit) => ({ restoreService: { unit } })),
    ...backups.all().map(({ path }) => ({ restoreFile: { path } })),
  ];
  hosts.beginRound(host);
  await hosts.use(host, { signal, limitMs: LIMIT_MS }, (opened) =>
    runSteps(
      {
        host: host.id,
        opened,
        backups,
        units,
        crashPoint: () => {},
        recorder: new Recorder(),
        undo: putBack,
      },
      [...(putBack ? restored.toReversed() : []), ...steps],
      signal,
    ),
  );
  if (!putBack) return;
  backups.discard();
  keptUnits.delete(keep);
}
