import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, expect, it } from "vitest";
import { judge } from "./checks/evaluation.ts";
import { createClient } from "./controller/client.ts";
import { createConnection } from "./controller/connection.ts";
import { createBackoff } from "./controller/retry.ts";
import { runSender } from "./controller/sender.ts";
import { Signing } from "./evidence/signing.ts";
import { openIdentity } from "./state/identity.ts";
import { IDS, makeAssignment } from "./testdata/assignment.ts";
import { makeFolder } from "./testdata/folder.ts";
import { startRig } from "./testdata/rig.ts";
import { simulateMachine } from "./testdata/simulated-machine.ts";
import { startSink } from "./testdata/sink.ts";
import { createWake } from "./wake.ts";

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const BIRTH = Date.parse("2026-11-23T00:00:00.000Z");

const { folder, tree } = makeFolder();
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a controller that was away for a week gets every bundle once, in order, in bounded portions", async () => {
  const ending = new AbortController();
  let turns = 0;
  const machine = simulateMachine(BIRTH, async () => {
    turns += 1;
    writeFileSync(join(tree, "etc/login.defs"), `PASS_MAX_DAYS ${turns % 3 === 0 ? 60 : 99_999}\n`);
    if (machine.clock.now() > BIRTH + WEEK) ending.abort();
    return 9 * MINUTE;
  });
  const rig = await startRig(folder, makeAssignment({ healing: { mode: "off" }, intervalMs: 10 * MINUTE }), {
    ...machine,
    evaluator: { evaluate: async (task) => judge(task), close: async () => {} },
    keepOutbox: true,
  });
  await rig.loop.run(ending.signal);
  const signed = rig.journal.head.seq + 1;
  expect(signed).toBeGreaterThan(250);
  expect(rig.store.outbox().waiting).toBe(signed);

  const sink = await startSink();
  const back = new AbortController();
  const wake = createWake();
  const log = pino({ enabled: false });
  await runSender(
    {
      store: rig.store,
      client: createClient({
        controller: sink.url,
        certificate: undefined,
        appliance: IDS.appliance,
        signer: { ...openIdentity(folder), now: () => machine.clock.now() },
      }),
      connection: createConnection(log, [wake]),
      backoff: createBackoff(() => 1),
      wake,
      retry: wake,
      reports: { sendUrgent: async () => {} },
      review: { ask: async () => {} },
      keys: { pending: () => null },
      crashPoint: () => {},
      log,
      now: () => machine.clock.now(),
      signing: new Signing(),
      onCompared: () => {},
      onEmpty: () => back.abort(),
    },
    back.signal,
  );
  expect(sink.bundles.map(({ statement }) => statement.predicate.chain.seq)).toEqual(
    Array.from({ length: signed }, (_, seq) => seq),
  );
  expect(sink.batches.length).toBe(Math.ceil(signed / 100));
  expect(Math.max(...sink.batches)).toBeLessThan(1.1 * 1024 * 1024);
  expect(rig.store.outbox()).toEqual({ waiting: 0, refused: 0 });
  rig.close();
  await sink.close();
}, 60_000);
