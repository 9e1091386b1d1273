import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Logger, pino } from "pino";
import type { ApplianceReport } from "@compline/core";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { nodeEngine } from "../engine.ts";
import { AgentError } from "../errors.ts";
import type { AcceptedAssignment } from "../assignment/accept.ts";
import { Signing } from "../evidence/signing.ts";
import { type Identity, openIdentity } from "../state/identity.ts";
import type { AgentStore } from "../store/agent-store.ts";
import type { KeptAssignment, StoredAssignment } from "../store/assignments.ts";
import { IDS, makeAssignment, makeController, signedAssignment } from "../testdata/assignment.ts";
import { makeFolder, OPEN_CEILING } from "../testdata/folder.ts";
import { closeEvaluator, startRig } from "../testdata/rig.ts";
import { type Sink, startSink } from "../testdata/sink.ts";
import { markAt } from "../testdata/time-mark.ts";
import { createWake, type Wake } from "../wake.ts";
import { type ControllerClient, createClient } from "./client.ts";
import { createConnection } from "./connection.ts";
import { runPoller } from "./poller.ts";
import { createReports, reportEveryMs, type Reports } from "./reporter.ts";
import { createBackoff } from "./retry.ts";
import { runSender } from "./sender.ts";

const controller = makeController();
let sink: Sink;
let ending: AbortController;
let logged: string[];
let log: Logger;
let folders: string[];
let identity: Identity;
let now: number;

beforeEach(async () => {
  sink = await startSink();
  ending = new AbortController();
  logged = [];
  log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  const folder = mkdtempSync(join(tmpdir(), "compline-controller-"));
  folders = [folder];
  identity = openIdentity(folder);
  now = Date.now();
});

afterEach(async () => {
  ending.abort();
  await sink.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

afterAll(closeEvaluator);

describe("sending", () => {
  it("sends in the order of the chain and forgets what was taken", async () => {
    const store = await storeWithBundles();
    const { sending, empty } = send(store, createWake());
    await empty;
    expect(sink.bundles.map(({ statement }) => statement.predicate.chain.seq)).toEqual([0, 1]);
    await stop(sending);
    expect(store.outbox()).toEqual({ waiting: 0, refused: 0 });
    expect(sink.bundles.length).toBe(2);
    store.close();
  });

  it("takes a duplicate and a fork for kept, for the API has the bundle", async () => {
    sink.judge = () => ({ status: "fork", code: "FORK" });
    const store = await storeWithBundles();
    const { sending, empty } = send(store, createWake());
    await empty;
    await stop(sending);
    expect(store.outbox()).toEqual({ waiting: 0, refused: 0 });
    store.close();
  });

  it("keeps a refused bundle aside, says so, and sends the next", async () => {
    sink.judge = ({ statement }) =>
      statement.predicate.chain.seq === 0 ? { status: "refused", code: "UNKNOWN_KEY" } : null;
    const store = await storeWithBundles();
    const { sending, empty } = send(store, createWake());
    await empty;
    await stop(sending);
    expect(store.outbox()).toEqual({ waiting: 0, refused: 1 });
    expect(logged.join("")).toContain('"code":"UNKNOWN_KEY"');
    store.close();
  });

  it("settles what was kept of a batch when the rest has to wait for enrolment", async () => {
    sink.judge = ({ statement }) =>
      statement.predicate.chain.seq === 1 ? { status: "refused", code: "NOT_ENROLLED" } : null;
    const store = await storeWithBundles();
    const wake = createWake();
    const { sending, empty } = send(store, wake);
    await sink.until(() => sink.batches.length === 1);
    await vi.waitUntil(() => store.outbox().waiting === 1);
    expect(store.outbox()).toEqual({ waiting: 1, refused: 0 });
    sink.judge = () => null;
    wake.notify();
    await empty;
    await stop(sending);
    expect(sink.bundles.length).toBe(2);
    store.close();
  });

  it.each([401, 404, 413, 429, 500, 503])("keeps everything and tries again after %i", async (status) => {
    sink.failing = status;
    const store = await storeWithBundles();
    const wake = createWake();
    const { sending, empty } = send(store, wake);
    await sink.until(() => sink.requests.length === 1);
    sink.failing = null;
    wake.notify();
    await empty;
    expect(sink.bundles.length).toBe(2);
    await stop(sending);
    expect(logged.join("")).toContain("controller answers again");
    store.close();
  });

  it("goes on when there is no controller", async () => {
    await sink.close();
    const store = await storeWithBundles();
    const wake = createWake();
    const down = Promise.withResolvers<void>();
    const connection = createConnection(log, [wake]);
    const failed = (error: unknown): void => {
      connection.failed(error);
      down.resolve();
    };
    const { sending } = send(store, wake, { connection: { ...connection, failed } });
    await down.promise;
    await stop(sending);
    expect(store.outbox().waiting).toBe(2);
    expect(logged.join("")).toContain("controller does not answer");
    store.close();
  });
});

describe("attached files", () => {
  it("go last, signed, once the bundle that names them is there", async () => {
    const store = await storeWithBundles();
    const { sending } = send(store, createWake());
    await sink.until(() => sink.attachments.length === 1);
    const told = sink.requests.map(({ method, url }) => `${method} ${url.split("/").at(-1)}`);
    expect(told.slice(-2)).toEqual(["POST evidence", "POST attachments"]);
    expect(sink.attachments[0]?.bundle).toBe(sink.bundles[1]?.digest);
    await vi.waitUntil(() => store.waitingAttachment() === null);
    await stop(sending);
    store.close();
  });

  it("wait while their bundle does, and go with it when it is sent again", async () => {
    const store = await storeWithBundles();
    expect(store.waitingAttachment()).toBeNull();
    const digests = store.waiting({ count: 9, bytes: 1e6 }).map(({ digest }) => digest);
    store.acknowledge(digests, now);
    const attachment = store.waitingAttachment();
    store.settleAttachment(attachment?.digest ?? "", now);
    expect([attachment?.bundle, store.waitingAttachment()]).toEqual([digests[1], null]);
    store.resendAfter(null);
    store.acknowledge(digests, now);
    expect(store.waitingAttachment()?.digest).toBe(attachment?.digest);
    store.close();
  });

  it("that the API refuses hold nothing up, and it is said", async () => {
    const store = await storeWithBundles();
    const [, second] = store.waiting({ count: 9, bytes: 1e6 });
    sink.judge = ({ digest }) => (digest === second?.digest ? { status: "fork", code: "FORK" } : null);
    const { sending } = send(store, createWake());
    await vi.waitUntil(() => logged.join("").includes("attachment refused"));
    await stop(sending);
    expect([store.waitingAttachment(), sink.attachments]).toEqual([null, []]);
    store.close();
  });

  it("of a bundle that is kept aside are not sent, and take no room", async () => {
    const store = await storeWithBundles();
    const [first, second] = store.waiting({ count: 9, bytes: 1e6 });
    const before = store.usage().bytes;
    store.acknowledge([first?.digest ?? ""], now);
    store.setAside(second?.digest ?? "", "UNKNOWN_KEY");
    expect(store.waitingAttachment()).toBeNull();
    expect(store.usage().bytes).toBeLessThan(before);
    store.close();
  });
});

describe("what is urgent", () => {
  it("goes before the backlog, again after each change, and once more when the controller was away", async () => {
    const store = await storeWithBundles();
    let report = REPORT;
    const connection = createConnection(log, []);
    const reports = createReports({ client: client(), connection, log, report: () => report, ...deaf });
    await reports.sendUrgent(ending.signal);
    await reports.sendUrgent(ending.signal);
    report = { ...REPORT, outbox: 7 };
    await reports.sendUrgent(ending.signal);
    expect(sink.reports.length).toBe(1);
    report = { ...REPORT, suspension: { since: REPORT.asOf, reason: "the fuse box is rebuilt" } };
    const { sending, empty } = send(store, createWake(), { connection, reports });
    await empty;
    await stop(sending);
    const asked = sink.requests.map(({ url }) => url.replace(/^.*\//, ""));
    expect(asked).toEqual(["report", "head", "signature", "report", "evidence"]);
    connection.failed(new AgentError("CONTROLLER_UNREACHABLE", "down"));
    await reports.sendUrgent(new AbortController().signal);
    expect(sink.reports.length).toBe(3);
    store.close();
  });

  it("holds nothing up when the controller does not take it", async () => {
    const store = await storeWithBundles();
    const connection = createConnection(log, []);
    const refusing = {
      sendReport: async (): Promise<null> => {
        throw new AgentError("CONTROLLER_ANSWER", "unexpected status 400");
      },
    };
    const reports = createReports({ client: refusing, connection, log, report: () => REPORT, ...deaf });
    const { sending, empty } = send(store, createWake(), { connection, reports });
    await empty;
    await stop(sending);
    expect(store.outbox()).toEqual({ waiting: 0, refused: 0 });
    expect(logged.join("")).toContain("urgent report refused");
    store.close();
  });
});

/** Who takes no notice of reports. */
const deaf = { onReport: (): void => {}, onCheckpoint: (): void => {} };

describe("a state that comes from an old backup", () => {
  it("of the controller is made whole again: what it lacks is sent again, in order", async () => {
    const store = await storeWithBundles();
    const wake = createWake();
    const { sending, empty } = send(store, wake);
    await empty;
    // It goes away, and comes back as it was before the second bundle.
    await stop(sending);
    ending = new AbortController();
    const [first] = sink.bundles;
    sink.bundles.splice(1);
    sink.known.delete([...sink.known][1] ?? "");
    const again = send(store, wake);
    await again.empty;
    expect(sink.bundles.map(({ statement }) => statement.predicate.chain.seq)).toEqual([0, 1]);
    expect(sink.bundles[0]).toBe(first);
    await stop(again.sending);
    expect(logged.join("")).toContain("it is sent again");
    store.close();
  });

  it("of the controller gets assignments back, before the bundles that name them", async () => {
    const store = await storeWithBundles();
    const before = store.assignment() as KeptAssignment;
    const next = await signedAssignment(controller, makeAssignment({ generation: 2 }));
    store.saveAssignment({ ...before, ...next }, markAt(1));
    for (const { digest } of [before, next]) sink.lost.add(digest);
    const { sending, empty } = send(store, createWake());
    await empty;
    await stop(sending);
    const sent = ({ digest, signature, bytes }: StoredAssignment): unknown => [
      digest,
      signature,
      Buffer.from(bytes).toString("utf8"),
    ];
    expect(sink.returned.map(sent)).toEqual([before, next].map(sent));
    const asked = sink.requests.map(({ url }) => url.replace(/^.*\//, ""));
    expect(asked.slice(1)).toEqual(["signature", "assignment", "signature", "assignment", "evidence"]);
    store.close();
  });

  it("of the controller that takes an assignment not back is sent evidence all the same", async () => {
    const store = await storeWithBundles();
    sink.lost.add(store.assignment()?.digest ?? "");
    sink.refusing = "SIGNATURE_INVALID";
    const { sending, empty } = send(store, createWake());
    await empty;
    await stop(sending);
    expect(sink.bundles.length).toBe(2);
    expect(logged.join("")).toContain("does not take it back");
    store.close();
  });

  it("of the box stops its signing while the controller has more of its chain, and only then", async () => {
    const store = await storeWithBundles();
    const signing = new Signing();
    const head = { ...store.head(), seq: 0 };
    const { sending } = send({ ...store, head: () => head }, createWake(), { signing });
    await signing.asked;
    expect(signing.stops).toEqual([]);
    await sink.until(() => sink.bundles.length === 2);
    await stop(sending);
    ending = new AbortController();
    const old = new Signing();
    const restored = send({ ...store, head: () => head }, createWake(), { signing: old });
    await old.asked;
    expect(old.stops).toEqual(["CHAIN_SET_BACK"]);
    await stop(restored.sending);
    expect(logged.join("")).toContain("nothing is signed");
    store.close();
  });

  it("of the box cannot be seen without the controller: it signs", async () => {
    sink.failing = 503;
    const store = await storeWithBundles();
    const signing = new Signing();
    const { sending } = send(store, createWake(), { signing });
    await signing.asked;
    expect(signing.stops).toEqual([]);
    await stop(sending);
    store.close();
  });
});

describe("a signed request", () => {
  const report = { ...REPORT };
  const holds = async (): Promise<boolean> => {
    const items = sink.requests.flatMap(({ signed }) => signed(Buffer.from(identity.publicKey, "hex")) ?? []);
    const good = await nodeEngine.verify(items);
    return items.length === sink.requests.length && good.every(Boolean);
  };

  it("holds under the appliance's key, with a body and without, and has a nonce of its own", async () => {
    await client().sendReport(report, ending.signal);
    sink.assignment = await signedAssignment(controller, makeAssignment());
    await client().fetchAssignment(null, ending.signal);
    expect(await holds()).toBe(true);
    expect(new Set(sink.requests.map(({ signature }) => signature?.nonce)).size).toBe(2);
    expect(sink.reports).toEqual([report]);
  });

  it("is signed again with the nonce of a controller that does not believe its clock", async () => {
    now = Date.UTC(1970, 0, 1, 0, 0, 5);
    sink.challenge = "n".repeat(64);
    await client().sendReport(report, ending.signal);
    expect(sink.requests.map(({ signature }) => signature?.created)).toEqual([5, 5]);
    expect(sink.requests[1]?.signature?.nonce).toBe("n".repeat(64));
    expect(await holds()).toBe(true);
    expect(sink.reports.length).toBe(1);
  });

  it("of an appliance that nobody enrolled yet waits, and says so once", async () => {
    sink.enrolled = false;
    sink.assignment = await signedAssignment(controller, makeAssignment());
    const { accepted, polling, wake } = poll();
    await sink.until(() => sink.requests.length === 1);
    wake.notify();
    await sink.until(() => sink.requests.length === 2);
    sink.enrolled = true;
    wake.notify();
    await accepted;
    expect(logged.filter((line) => line.includes("waiting for enrolment")).length).toBe(1);
    await stop(polling);
  });
});

describe("the assignment", () => {
  it("is fetched, judged and handed on", async () => {
    sink.assignment = await signedAssignment(controller, makeAssignment());
    const { accepted, polling } = poll();
    expect((await accepted).assignment.generation).toBe(1);
    await stop(polling);
  });

  it("that is refused is not handed on, and not asked for again and again", async () => {
    sink.assignment = await signedAssignment(makeController(), makeAssignment());
    const { accepted, polling, wake } = poll();
    await sink.until(() => sink.requests.length === 1);
    sink.assignment = await signedAssignment(controller, makeAssignment());
    wake.notify();
    await accepted;
    expect(logged.join("")).toContain('"code":"SIGNATURE_INVALID"');
    expect(sink.requests.length).toBe(2);
    await stop(polling);
  });

  it("that is in force already is taken anew after repinning: signed by the key that is pinned now", async () => {
    const offered = await signedAssignment(controller, makeAssignment());
    sink.assignment = offered;
    const before = {
      ...offered,
      controllerKey: "a".repeat(64),
      repinned: true,
      assignment: makeAssignment(),
    };
    const { accepted, polling } = poll(before);
    expect(await accepted).toMatchObject({ digest: offered.digest, repinned: false });
    await stop(polling);
  });

  it("that is larger than any assignment is not read to its end", async () => {
    sink.assignment = { digest: "0".repeat(64), signature: "", bytes: Buffer.alloc(17 * 1024 * 1024) };
    await expect(client().fetchAssignment(null, ending.signal)).rejects.toMatchObject({
      code: "CONTROLLER_ANSWER",
    });
  });
});

it("reports as often as checks run, within 5 and 30 seconds", () => {
  expect([1000, 10_000, 300_000, Number.POSITIVE_INFINITY].map(reportEveryMs)).toEqual([
    5000, 10_000, 30_000, 30_000,
  ]);
});

const NO_REPORTS: Pick<Reports, "sendUrgent"> = { sendUrgent: async () => {} };

const REPORT: ApplianceReport = {
  schemaVersion: "1",
  asOf: "2026-11-23T10:00:00.000Z",
  startedAt: "2026-11-23T09:00:00.000Z",
  head: null,
  outbox: 0,
  assignment: null,
  healing: { mode: "off", reasons: ["SITE"] },
  ceiling: OPEN_CEILING,
  software: { name: "compline-agent", version: "0.1.0" },
  suspension: null,
  override: null,
  held: [],
  faults: [],
  nextRunAt: null,
  checkpoint: null,
};

function client(): ControllerClient {
  const signer = { ...identity, now: () => now };
  return createClient({ controller: sink.url, certificate: undefined, appliance: IDS.appliance, signer });
}

/** Two bundles of a real run: the fail and the heal. */
async function storeWithBundles(): Promise<AgentStore> {
  const { folder } = makeFolder();
  folders.push(folder);
  const rig = await startRig(folder, makeAssignment(), { keepOutbox: true });
  await rig.runUntil(({ passed }) => passed.get("after-outbox") === 2);
  return rig.store;
}

function send(
  store: AgentStore,
  wake: Wake,
  { connection = createConnection(log, [wake]), signing = new Signing(), reports = NO_REPORTS } = {},
): { sending: Promise<void>; empty: Promise<void> } {
  const { promise: empty, resolve: onEmpty } = Promise.withResolvers<void>();
  const ports = {
    store,
    client: client(),
    connection,
    backoff: createBackoff(() => 1),
    wake,
    retry: wake,
    reports,
    review: { ask: async () => {} },
    keys: { pending: () => null },
    crashPoint: () => {},
    log,
    signing,
    now: Date.now,
    onCompared: () => {},
    onEmpty,
  };
  return { sending: runSender(ports, ending.signal), empty };
}

function poll(current: AcceptedAssignment | null = null): {
  accepted: Promise<AcceptedAssignment>;
  polling: Promise<void>;
  wake: Wake;
} {
  const { promise, resolve } = Promise.withResolvers<AcceptedAssignment>();
  const wake = createWake();
  const polling = runPoller(
    {
      client: client(),
      connection: createConnection(log, []),
      backoff: createBackoff(() => 1),
      wake,
      log,
      controllerKey: controller.publicKey,
      appliance: IDS.appliance,
      current: () => current,
      onAccepted: (accepted) => {
        current = accepted;
        resolve(accepted);
      },
    },
    ending.signal,
  );
  return { accepted: promise, polling, wake };
}

async function stop(loop: Promise<void>): Promise<void> {
  ending.abort();
  await loop;
}
