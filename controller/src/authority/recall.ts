import type { SignatureEngine } from "@compline/core";
import { judgeEnvelopes } from "../api/judge.ts";
import { type Clock, instantOf } from "../clock.ts";
import { messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Source } from "../reconcile/accept.ts";
import type { Authority } from "./authorities.ts";
import type { AuthorityBook } from "./book.ts";
import { type CommittedDecision, CommittedDecisions, decisionPath } from "./committed.ts";

/** What decisions are recalled with. */
export interface RecallPorts {
  readonly book: AuthorityBook;
  readonly sources: readonly Source[];
  readonly engine: SignatureEngine;
  readonly clock: Clock;
  readonly log: Log;
}

interface Done {
  /** Null: they could not be read, and are asked for again. */
  readonly decisions: readonly CommittedDecision[] | null;
  readonly refusal: string | null;
}

/**
 * Takes in what partners keep in git of their authority's decisions and the store does not have: the first time, or
 * again, after the store was set back to a copy that is older.
 */
export class DecisionRecall {
  readonly #ports: RecallPorts;
  /** What partners keep in git, by the source's name. */
  readonly committed: ReadonlyMap<string, CommittedDecisions>;
  /** By partner: what was gone through, and why something of it was not taken in. */
  readonly #done = new Map<string, Done>();

  constructor(ports: RecallPorts) {
    this.#ports = ports;
    this.committed = new Map(
      ports.sources.map(({ mirror }) => [mirror.address.name, new CommittedDecisions(mirror)]),
    );
  }

  /** Looks at the trees in force. Throws STORE_IO. */
  async take(): Promise<void> {
    for (const { authority } of this.#ports.book.rulings()) {
      const { partner, source } = authority;
      const decisions = await this.committed
        .get(source)
        ?.at(authority)
        .catch((error: unknown) => messageOf(error));
      if (typeof decisions === "string")
        this.#done.set(partner, { decisions: null, refusal: `git could not be asked (${decisions})` });
      else if (decisions !== undefined && this.#done.get(partner)?.decisions !== decisions)
        this.#done.set(partner, { decisions, refusal: await this.#takeThose(authority, decisions) });
    }
  }

  /** Why something of what a partner (ULID) keeps in git is not taken in; null when nothing is wrong. */
  refusal(partner: string): string | null {
    return this.#done.get(partner)?.refusal ?? null;
  }

  /**
   * Files of decisions that a partner's (ULID) chain has and its accepted tree does not, the first ones first: nothing brings
   * them back when the store is lost. None while git cannot be read.
   */
  uncommitted(partner: string): readonly string[] {
    const { decisions = null } = this.#done.get(partner) ?? {};
    const ruling = this.#ports.book.ruling(partner);
    if (decisions === null || ruling === null) return [];
    const committed = new Set(decisions.map(({ digest }) => digest));
    return ruling.bundles
      .filter(({ digest }) => !committed.has(digest))
      .map(({ predicate: { chain } }) => decisionPath(ruling.authority.name, chain));
  }

  /** In their order; answers why the first of those that are refused is. */
  async #takeThose(
    { partner, name }: Authority,
    decisions: readonly CommittedDecision[],
  ): Promise<string | null> {
    const { book, engine, clock, log } = this.#ports;
    const kept = new Set(book.ruling(partner)?.bundles.map(({ digest }) => digest));
    let refusal: string | null = null;
    for (const { path, bytes, digest } of decisions) {
      if (kept.has(digest)) continue;
      const [judged] = await judgeEnvelopes(
        [bytes],
        { enrolments: new Map(), authority: book },
        { engine, receivedAt: instantOf(clock()) },
      );
      if (judged === undefined) throw new Error("unreachable: one envelope is judged once");
      const result =
        "refused" in judged ? judged.refused : await book.take(judged.item, judged.read, "reviewed");
      if ("code" in result) refusal ??= `${path}: ${result.message} (${result.code})`;
      else log.info({ partner: name, decision: digest }, "a decision was taken in from git");
    }
    return refusal;
  }
}
