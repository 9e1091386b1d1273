import type { SignatureEngine, Snapshot } from "@compline/core";
import type { AuthorityBook } from "../authority/book.ts";
import type { Clock } from "../clock.ts";
import type { AssignmentKey } from "../config/assignment-key.ts";
import type { ServerTls } from "../config/tls.ts";
import type { CrashPoint } from "../crash-point.ts";
import { ControllerError } from "../errors.ts";
import type { KitDesk } from "../kit/kit-desk.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { AsOf, AsOfQuestion } from "../reconcile/as-of.ts";
import type { Enrolments } from "../reconcile/enrolments.ts";
import type { PortalState } from "../reconcile/portal-builds.ts";
import type { Publications } from "../reconcile/publications.ts";
import type { Readiness } from "../reconcile/readiness.ts";
import type { Store } from "../store/contract.ts";
import type { GroupCommit } from "../store/group-commit.ts";
import type { Address } from "./address.ts";
import type { Allowance } from "./allowance.ts";
import type { Credentials } from "./authorization.ts";
import type { Allowances } from "./limits.ts";

/** Who is enrolled now. Throws NOT_READY (the caller gets 503 and tries again) before a first tree was accepted. */
export function enrolmentsNow(ports: { readonly enrolments: () => Enrolments | null }): Enrolments {
  const enrolments = ports.enrolments();
  if (enrolments === null) throw new ControllerError("NOT_READY", "no desired state is in force");
  return enrolments;
}

/** Everything the routes need from the rest of the controller. */
export interface ApiPorts extends Credentials {
  readonly log: Log;
  readonly clock: Clock;
  /** Where the server is reached; its port may change until it listens. */
  readonly address: () => Address;
  /** Null for plain http. */
  readonly tls: Pick<ServerTls, "key" | "certificate"> | null;
  readonly store: Store;
  readonly group: GroupCommit;
  readonly engine: SignatureEngine;
  /** Envelopes and requests whose signature did not hold, by address; used up, nothing of it is looked at. */
  readonly failures: Allowance;
  /** Requests, by address or appliance. */
  readonly allowances: Allowances;
  /** Who is enrolled at the accepted revisions; null before a first tree was accepted. */
  readonly enrolments: () => Enrolments | null;
  readonly publications: Publications;
  /** Signs assignments; what it signed may come back. */
  readonly assignmentKey: AssignmentKey;
  /** Called when one came back that the store did not have. */
  readonly assignmentCame: () => void;
  /** What authorities decided, and where their decisions are taken in. */
  readonly authority: Pick<AuthorityBook, "version" | "ruling" | "revoked" | "reach" | "take">;
  /** The snapshot as of now, or null before a first tree was accepted. */
  readonly snapshot: () => Promise<Snapshot | null>;
  /** What was so at a time; throws what `answerAsOf` throws. */
  readonly asOf: (question: AsOfQuestion) => Promise<AsOf>;
  readonly kits: Pick<KitDesk, "make">;
  /** The origin of a partner's log, by the partner's ULID; null when it has none, or is not in force. */
  readonly logOf: (partner: string) => string | null;
  /** Takes the signed checkpoint of a log that an appliance says it was told of. */
  readonly heard: (log: string, note: string) => Promise<void>;
  /** The newest accepted revision, or null before the first. */
  readonly revision: () => string | null;
  readonly portal: () => PortalState;
  readonly readiness: Pick<Readiness, "reasons">;
  readonly metrics: Metrics;
  /** Sets the metrics that tell how the state is now. */
  readonly observeState: () => Promise<void>;
  /** Called after evidence or a report was kept. */
  readonly changed: () => void;
  readonly crashPoint: CrashPoint;
}
