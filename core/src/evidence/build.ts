import { type Sha256, sha256Hex } from "./digest.ts";
import { subjectsOf } from "./envelope.ts";
import { type PairVerdict, stateClaim } from "./state.ts";
import type {
  ApplianceEvent,
  ApplianceEventDetail,
  ApplianceHeader,
  Attachment,
  AuthorityEvent,
  HealRecord,
  Instant,
  Observation,
  ObservationResult,
  Predicate,
  Statement,
  TimeWindow,
} from "./statement.ts";

/** What an appliance's bundle says about itself; `schema` is filled in. */
export type HeaderInput = Omit<ApplianceHeader, "schema">;

/** What an observation is made from; state, coverage totals and subject are computed. */
export interface ObservationInput extends HeaderInput {
  readonly kind: Observation["kind"];
  readonly window: TimeWindow;
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
  /** The whole verdict map after this bundle, in any order. */
  readonly stateAfter: Iterable<PairVerdict>;
  /** Observations completed inside the window, of any verdict. */
  readonly ran: number;
  /** The oldest last observation among pairs that are not `unknown`; ignored when there is none. */
  readonly oldestAt: Instant | null;
  readonly parts: Observation["parts"];
  readonly attachments: readonly Attachment[];
  readonly scrubber: Observation["scrubber"];
}

/** The statement of a snapshot or delta. Pure: times and positions come in. */
export function buildObservation(
  input: ObservationInput,
  sha256: Sha256 = sha256Hex,
): Statement<Observation> {
  const { stateAfter, ran, oldestAt, ...rest } = input;
  const rows = [...stateAfter];
  const fresh = rows.filter(({ verdict }) => verdict !== "unknown").length;
  const coverage = { expected: rows.length, fresh, ran, oldestAt: fresh === 0 ? null : oldestAt };
  return wrap({ ...rest, schema: "1", coverage, state: stateClaim(rows, sha256) }, sha256);
}

/** The statement of an appliance event. */
export function buildEvent(
  input: HeaderInput & { readonly at: Instant; readonly event: ApplianceEventDetail },
  sha256: Sha256 = sha256Hex,
): Statement<ApplianceEvent> {
  return wrap({ ...input, schema: "1", kind: "event" }, sha256);
}

/** The statement of a decision of the partner's authority. */
export function buildAuthorityEvent(
  input: Omit<AuthorityEvent, "schema" | "kind">,
  sha256: Sha256 = sha256Hex,
): Statement<AuthorityEvent> {
  return wrap({ ...input, schema: "1", kind: "authority" }, sha256);
}

function wrap<P extends Predicate>(predicate: P, sha256: Sha256): Statement<P> {
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: subjectsOf(predicate, sha256),
    predicateType: "https://compline.dev/evidence/v1",
    predicate,
  };
}
