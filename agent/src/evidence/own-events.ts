import type { ApplianceEventDetail } from "@compline/core/appliance";
import type { Logger } from "pino";
import type { AcceptedAssignment } from "../assignment/accept.ts";
import type { Clock } from "../clock.ts";
import type { Keys } from "../state/keys.ts";
import type { OverrideDecision } from "../state/override.ts";
import type { AgentStore } from "../store/agent-store.ts";
import type { OwnEffects } from "./event-writer.ts";
import type { Journal } from "./journal.ts";

/** Tokens of the format; what they mean is said in this package's README. */
const REPINNED: ApplianceEventDetail = { type: "override", reason: "CONTROLLER_REPINNED" };
const LIFTED: ApplianceEventDetail = { type: "override", reason: "PAUSES_LIFTED" };

/** What events are made of. */
export interface OwnEventsPorts {
  readonly journal: Journal;
  readonly store: AgentStore;
  readonly keys: Pick<Keys, "wanted">;
  readonly clock: Clock;
  /** Whether a person wants healing stopped on this box, at this moment. */
  readonly isSuspended: () => boolean;
  /** What a person last let be tried on this box. */
  readonly allowed: () => OverrideDecision | null;
  readonly log: Logger;
  /** Called when a bundle was committed. */
  readonly onBundle: () => void;
  /** What fails is to be looked at again at once, and then decided on anew. */
  readonly lookAgain: () => void;
}

/** What a box says of itself in its chain: what a person decided on it, and what it could not keep. */
export class OwnEvents {
  readonly #ports: OwnEventsPorts;

  constructor(ports: OwnEventsPorts) {
    this.#ports = ports;
  }

  /** Keeps what is not sent yet within its quota: what has to go, goes with a word about it. */
  async makeRoom(accepted: AcceptedAssignment): Promise<void> {
    const { store, log } = this.#ports;
    const drop = store.makeRoom();
    if (drop === null) return;
    const { runs, attachments, positions } = drop;
    await this.#announce(accepted, { type: "loss", runs, attachments }, { drop });
    log.error(
      { bundles: positions.length, attachments: attachments.length, ever: store.usage().dropped },
      "no room for what waits to be sent: the oldest was dropped",
    );
  }

  /** Why the chain may go on under a lower generation. */
  async repinned(accepted: AcceptedAssignment): Promise<void> {
    await this.#announce(accepted, REPINNED);
  }

  /** The old key's last word, when another is wanted: which key signs from here on. True when that was said. */
  async rotate(accepted: AcceptedAssignment): Promise<boolean> {
    const { keys, journal } = this.#ports;
    const publicKey = keys.wanted();
    if (publicKey === null) return false;
    await this.#announce(accepted, { type: "rotate", publicKey, newEpoch: journal.head.epoch + 1 });
    return true;
  }

  /** Says that a person suspended or resumed: after what was healed before, and before the next heal. */
  async obey(accepted: AcceptedAssignment): Promise<void> {
    const { isSuspended, journal, store, lookAgain } = this.#ports;
    const suspended = isSuspended();
    if (suspended === journal.head.suspended) return;
    if (!suspended) store.closeBreaker(journal.steady());
    await this.#announce(accepted, { type: suspended ? "suspend" : "resume" });
    if (!suspended) lookAgain();
  }

  /** Says what a person let be tried, before any heal by it. It ends after as long as was said, not by the clock. */
  async allow(accepted: AcceptedAssignment): Promise<void> {
    const { allowed, journal, store, clock, lookAgain } = this.#ports;
    const decision = allowed();
    if (decision === null || decision.since === store.override()?.since) return;
    const [since, until] = [decision.since, decision.until].map((at) => Date.parse(at)) as [number, number]; // instants
    const leftMs = Math.min(until - clock.now(), until - since);
    if (leftMs <= 0) return;
    const from = journal.steady();
    const override = { since: decision.since, from, until: from + leftMs };
    await this.#announce(accepted, LIFTED, { override });
    lookAgain();
  }

  async #announce(
    accepted: AcceptedAssignment,
    event: ApplianceEventDetail,
    effects: OwnEffects = {},
  ): Promise<void> {
    const { journal, log, onBundle } = this.#ports;
    await journal.announce(accepted, event, effects);
    const { epoch, seq, digest } = journal.head;
    log.warn({ epoch, seq, digest, event: event.type }, "event committed");
    onBundle();
  }
}
