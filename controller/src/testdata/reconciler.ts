import { AuthorityBook, type AuthorityBookPorts } from "../authority/book.ts";
import { DecisionRecall } from "../authority/recall.ts";
import { nodeEngine } from "../crypto.ts";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { Publications } from "../reconcile/publications.ts";
import type { Source } from "../reconcile/accept.ts";
import type { ReconcilerPorts } from "../reconcile/reconciler.ts";
import { GroupCommit } from "../store/group-commit.ts";

/** What a test must say of a reconciler; it may say more. */
export type OwnPorts = Pick<ReconcilerPorts, "store" | "sources" | "key" | "clock"> & Partial<ReconcilerPorts>;

/** The ports of a reconciler in which all goes well, and which nobody hears. */
export function reconcilerPorts(own: OwnPorts): ReconcilerPorts {
  const book = authorityBook(own);
  return {
    publications: new Publications(),
    logTroubles: () => ({ stalls: new Map(), unread: new Map() }),
    authority: book,
    recall: decisionRecall(book, own.sources),
    log: createLog("silent"),
    metrics: createMetrics(),
    crashPoint: () => undefined,
    drained: async () => undefined,
    changed: () => undefined,
    ...own,
  };
}

/** What authorities decided, over a store; nobody hears of what is erased. */
export function authorityBook({ store, sources }: Pick<AuthorityBookPorts, "store" | "sources">): AuthorityBook {
  const log = createLog("silent");
  return new AuthorityBook({ store, group: new GroupCommit(store), sources, log, erased: () => undefined });
}

/** What takes in decisions that are kept in git. */
export function decisionRecall(book: AuthorityBook, sources: readonly Source[]): DecisionRecall {
  const clock = (): number => Date.UTC(2026, 10, 26);
  return new DecisionRecall({ book, sources, engine: nodeEngine(), clock, log: createLog("silent") });
}
