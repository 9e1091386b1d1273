import type { JudgedAssignment } from "../assignment.ts";
import { sha256Hex } from "../digest.ts";
import { sealStatement, subjectsOf } from "../envelope.ts";
import { canonicalBytes } from "../jcs.ts";
import { createReplay } from "../state.ts";
import type {
  ApplianceEventDetail,
  AuthorityEvent,
  AuthorityEventDetail,
  ChainPlace,
  HealRecord,
  Observation,
  ObservationResult,
  Predicate,
  Verdict,
} from "../statement.ts";
import type { TestIds, TestKey, TestKeys } from "./identities.ts";

/** One bundle of a chain: where it stands, and what it says there. */
export interface Step {
  readonly place: string;
  /** Since the beginning; one after the step before when absent. */
  readonly minute?: number;
  /** What it links to; the bundle before when absent. */
  readonly prev?: string;
  readonly make: (draft: Draft) => Predicate;
}

/** What is known when a bundle is written. */
export interface Draft {
  readonly chain: ChainPlace;
  readonly minute: number;
  readonly kit: {
    readonly ids: TestIds;
    readonly assignments: readonly JudgedAssignment[];
    readonly keys: TestKeys;
  };
  readonly before: ReadonlyMap<string, ObservationResult>;
}

const SOFTWARE = { name: "compline-agent", version: "0.1.0", digest: sha256Hex(canonicalBytes("agent")) };

/** The two revisions that judge in the tests. */
export const REVISIONS: readonly string[] = ["1".repeat(40), "2".repeat(40)];

/** Signs any predicate with any key: its statement is consistent, whatever it says. */
export async function sealPredicate(
  predicate: Predicate,
  key: TestKey,
): Promise<{ readonly bytes: Uint8Array; readonly digest: string }> {
  return sealStatement(
    {
      _type: "https://in-toto.io/Statement/v1",
      subject: subjectsOf(predicate),
      predicateType: "https://compline.dev/evidence/v1",
      predicate,
    },
    key,
  );
}

interface ObserveExtras {
  readonly heals?: readonly (readonly [check: string, before: Verdict, after: Verdict | null])[];
  readonly part?: number;
  /** Pairs that the state counts as never seen although no row names them. */
  readonly addedPairs?: readonly string[];
}

/** A snapshot or delta with rows `[check, verdict]` of the one host. */
export function observe(
  kind: Observation["kind"],
  assignment: number,
  rows: readonly (readonly [check: string, verdict: Verdict])[],
  extras: ObserveExtras = {},
): Step["make"] {
  return (draft) => {
    const minute = draft.minute - ((extras.part ?? 1) - 1);
    const window = { start: timeAt(minute), end: timeAt(minute + 1) };
    const results = rows.map(([check, verdict]) =>
      makeResult(draft.kit.ids.host, check, verdict, window.end),
    );
    const partial: Observation = {
      ...header(draft, assignment),
      kind,
      window,
      coverage: { expected: 0, fresh: 0, ran: rows.length, oldestAt: null },
      results,
      heals: (extras.heals ?? []).map((heal) => makeHeal(draft, heal)),
      state: { count: 0, digest: "0".repeat(64) },
      parts: extras.part === undefined ? null : { part: extras.part, of: 2 },
      attachments: [],
      scrubber: { version: "1", digest: SOFTWARE.digest },
    };
    const added = (extras.addedPairs ?? []).map((check) =>
      makeResult(draft.kit.ids.host, check, "unknown", window.end),
    );
    return withTotals(
      partial,
      new Map([...stateAfter(draft.before, partial), ...added.map((row) => [row.check, row] as const)]),
    );
  };
}

/** Gives an observation the state and coverage that a map of rows adds up to. */
export function withTotals(
  observation: Observation,
  rows: ReadonlyMap<string, ObservationResult>,
): Observation {
  const replay = createReplay(sha256Hex);
  replay.apply([...rows.values()], "snapshot");
  const fresh = replay.fresh();
  const oldestAt = fresh === 0 ? null : observation.window.end;
  return {
    ...observation,
    state: replay.claim(),
    coverage: { ...observation.coverage, expected: rows.size, fresh, oldestAt },
  };
}

/** An appliance event at a place. */
export function happen(event: ApplianceEventDetail, assignment: number): Step["make"] {
  return (draft) => ({ ...header(draft, assignment), kind: "event", at: timeAt(draft.minute), event });
}

/** A decision of the authority. */
export function decide(
  ids: TestIds,
  chain: Omit<ChainPlace, "id">,
  event: AuthorityEventDetail,
): AuthorityEvent {
  return {
    schema: "1",
    kind: "authority",
    partner: ids.partner,
    chain: { id: ids.partner, ...chain },
    at: timeAt(0),
    file: {
      revision: "1".repeat(40),
      path: "sites/lanternfish/tidewell-clinic/appliances/box.yaml",
      sha256: SOFTWARE.digest,
    },
    event,
  };
}

/** The instant a number of minutes after the beginning. */
export function timeAt(minute: number): string {
  return new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString();
}

/** The rows of a chain after a bundle. */
export function stateAfter(
  before: ReadonlyMap<string, ObservationResult>,
  predicate: Predicate,
): ReadonlyMap<string, ObservationResult> {
  if (predicate.kind === "event" || predicate.kind === "authority") return before;
  const isNew = predicate.kind === "snapshot" && (predicate.parts?.part ?? 1) === 1;
  return new Map([...(isNew ? [] : before), ...predicate.results.map((row) => [row.check, row] as const)]);
}

function header(
  { chain, kit, minute }: Draft,
  assignment: number,
): Omit<
  Observation,
  "kind" | "window" | "coverage" | "results" | "heals" | "state" | "parts" | "attachments" | "scrubber"
> {
  return {
    schema: "1",
    site: kit.ids.site,
    chain,
    software: SOFTWARE,
    policy: {
      revision: REVISIONS[assignment] ?? "",
      assignment: sha256Hex(canonicalBytes(kit.assignments[assignment])),
    },
    clock: {
      source: "ntp",
      offsetMs: -2,
      uncertaintyMs: 20,
      lastSyncAt: timeAt(0),
      bootId: "b3f0",
      monotonicMs: minute * 60_000,
    },
    seen: { checkpoint: null, block: null },
  };
}

function makeResult(host: string, check: string, verdict: Verdict, since: string): ObservationResult {
  const judged = verdict === "pass" || verdict === "fail";
  const reasons = {
    pass: null,
    fail: null,
    error: "NEEDS_PRIVILEGE",
    not_applicable: "NOT_APPLICABLE",
    unknown: "NEVER_SEEN",
  };
  return {
    host,
    check,
    verdict,
    reason: reasons[verdict],
    observed: judged ? { value: verdict === "pass" ? "no" : "yes", count: 3, seen: true, extra: null } : null,
    since: verdict === "unknown" ? null : since,
    exception: null,
  };
}

function makeHeal(
  { kit, minute }: Draft,
  [check, before, after]: readonly [string, Verdict, Verdict | null],
): HealRecord {
  return {
    host: kit.ids.host,
    check,
    level: "L1",
    rule: `${check}-rule`,
    runbook: "rb",
    runbookDigest: kit.assignments[0]?.runbooks["rb"] ?? null,
    before,
    after,
    outcome: after === "pass" ? "healed" : "failed",
    errorClass: after === "pass" ? null : "STILL_FAILING",
    skipped: ["reload"],
    approval: null,
    startedAt: timeAt(minute),
    endedAt: timeAt(minute + 1),
  };
}
