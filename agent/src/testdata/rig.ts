import { join } from "node:path";
import { type ApplianceEvent, type BoxCeiling, isObservation, type Observation, readEnvelope } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { pino } from "pino";
import { acceptAssignment, type AcceptedAssignment } from "../assignment/accept.ts";
import { createEvaluator, type Evaluator } from "../checks/evaluator.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { CrashPointName } from "../crash-point.ts";
import { Journal } from "../evidence/journal.ts";
import { Signing } from "../evidence/signing.ts";
import { Loop } from "../loop.ts";
import { readProvenance } from "../provenance.ts";
import { readCredential } from "../state/credentials.ts";
import type { OverrideDecision } from "../state/override.ts";
import { type Keys, openKeys } from "../state/keys.ts";
import { type AgentStore, createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import { Hosts } from "../transports/hosts.ts";
import type { RunProgram } from "../transports/local-program.ts";
import { createWake, type Wake } from "../wake.ts";
import { makeController, signedAssignment } from "./assignment.ts";
import { OPEN_CEILING } from "./folder.ts";

/** One run of the loop over a real folder, database and evaluator; only the network is missing. */
export interface Rig {
  readonly loop: Loop;
  readonly journal: Journal;
  readonly store: AgentStore;
  readonly keys: Keys;
  readonly hosts: Hosts;
  /** Every observation that was committed, in order. */
  readonly bundles: Observation[];
  /** Every event that was. */
  readonly events: ApplianceEvent[];
  /** How often each instant was passed. */
  readonly passed: Map<CrashPointName, number>;
  readonly commands: (readonly string[])[];
  /** Runs until `done` holds; it is looked at after each named instant and each bundle. */
  runUntil(done: (rig: Rig) => boolean): Promise<void>;
  /** Offers another assignment, signed by the same controller. */
  offer(assignment: Assignment): Promise<void>;
  /** Closes the database, as the end of the process would. */
  close(): void;
}

/** What a rig may have of its own. */
export interface RigOptions {
  readonly ceiling?: BoxCeiling;
  readonly clock?: Clock;
  readonly runProgram?: RunProgram;
  readonly wake?: Wake;
  /** In place of the thread that all rigs share. */
  readonly evaluator?: Evaluator;
  readonly isSuspended?: () => boolean;
  readonly allowed?: () => OverrideDecision | null;
  /** The most that bundles may take, in bytes. */
  readonly quota?: number;
  /** In place of one that knows of nothing against signing. */
  readonly signing?: Signing;
  /** Leaves the bundles where they are instead of reading them. */
  readonly keepOutbox?: boolean;
  /** Called at each named instant, before it is counted. */
  readonly onPoint?: (name: CrashPointName) => void;
}

const controller = makeController();
const provenance = readProvenance();
let evaluator: Evaluator | null = null;

/** Ends the thread all rigs of a test file share. */
export async function closeEvaluator(): Promise<void> {
  await evaluator?.close();
  evaluator = null;
}

/** The appliance in `folder` at work on `assignment`; null: on what the folder remembers. */
export async function startRig(folder: string, assignment: Assignment | null, options: RigOptions = {}): Promise<Rig> {
  if (options.evaluator === undefined) evaluator ??= createEvaluator();
  const store = createStore(openDatabase(join(folder, "agent.db")), options.quota);
  const bundles: Observation[] = [];
  const events: ApplianceEvent[] = [];
  const passed = new Map<CrashPointName, number>();
  const commands: (readonly string[])[] = [];
  const record: RunProgram = async (argv) => {
    commands.push(argv);
    return { code: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  };
  const credentials = (name: string): Buffer => readCredential(join(folder, "credentials"), name);
  const hosts = new Hosts({ folder, credentials, runProgram: options.runProgram ?? record });
  let look = (): void => {};
  const crashPoint = (name: CrashPointName): void => {
    options.onPoint?.(name);
    passed.set(name, (passed.get(name) ?? 0) + 1);
    look();
  };
  const clock = options.clock ?? systemClock;
  const keys = openKeys(folder, store, crashPoint);
  const identity = keys.chain;
  const journal = new Journal({ store, identity, clock, provenance, crashPoint });
  const accept = async (
    offered: Assignment,
    current: AcceptedAssignment | null,
  ): Promise<AcceptedAssignment> => {
    const stored = await signedAssignment(controller, { ...offered, appliance: identity.id });
    const context = { controllerKey: controller.publicKey, appliance: identity.id, current };
    const result = await acceptAssignment(stored, context);
    if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
    return result.accepted;
  };
  const signing = options.signing ?? settledSigning();
  const remembered = store.assignment();
  const current =
    remembered === null
      ? null
      : { ...(await accept(JSON.parse(Buffer.from(remembered.bytes).toString()), null)), repinned: remembered.repinned };
  const loop = new Loop(
    {
      journal,
      store,
      evaluator: options.evaluator ?? (evaluator as Evaluator), // made above
      clock,
      crashPoint,
      folder,
      hosts,
      ceiling: options.ceiling ?? OPEN_CEILING,
      signing,
      keys,
      allowed: options.allowed ?? (() => null),
      isSuspended: options.isSuspended ?? (() => false),
      log: pino({ enabled: false }),
      wake: options.wake ?? createWake(),
      onBundle: () => {
        if (options.keepOutbox !== true) drain(store, bundles, events);
        look();
      },
    },
    current,
  );
  if (assignment !== null) loop.offer(await accept(assignment, current));
  const rig: Rig = {
    loop,
    journal,
    store,
    keys,
    hosts,
    bundles,
    events,
    passed,
    commands,
    async runUntil(done) {
      const ending = new AbortController();
      look = () => {
        if (done(rig)) ending.abort();
      };
      await loop.run(ending.signal);
      look = () => {};
    },
    offer: async (next) => loop.offer(await accept(next, loop.newestAssignment)),
    close: () => store.close(),
  };
  return rig;
}

function settledSigning(): Signing {
  const signing = new Signing();
  signing.settle();
  return signing;
}

function drain(store: AgentStore, bundles: Observation[], events: ApplianceEvent[]): void {
  const waiting = store.waiting({ count: 1000, bytes: Number.POSITIVE_INFINITY });
  for (const { bytes } of waiting) {
    const read = readEnvelope(bytes);
    if (!read.ok || read.statement.predicate.kind === "authority") throw new Error("not ours");
    const { predicate } = read.statement;
    if (isObservation(predicate)) bundles.push(predicate);
    else events.push(predicate);
  }
  store.acknowledge(waiting.map(({ digest }) => digest), 0);
}
