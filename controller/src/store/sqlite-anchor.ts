import type { DatabaseSync } from "node:sqlite";
import type { AnchorState, AnchorStore, StoredAnchor } from "./contract.ts";
import { inTransaction } from "./sqlite-open.ts";

/** As the columns are named in {@link select}. */
interface Row {
  readonly log: string;
  readonly size: number;
  readonly root: string;
  readonly stampedAt: string;
  readonly state: AnchorState;
  readonly ots: Uint8Array;
  readonly by: "node" | "explorer" | "file" | null;
  readonly height: number;
  readonly header: Uint8Array;
  readonly confirmedAt: string;
}

const select = `SELECT log, size, root, stamped_at AS stampedAt, state, ots, confirmed_by AS "by", height,
  header, confirmed_at AS confirmedAt FROM anchor`;
const among = "WHERE log = ? AND state IN (SELECT value FROM json_each(?))";
const everyState: readonly AnchorState[] = ["pending", "attested", "confirmed"];

/** Anchors in SQLite. */
export function sqliteAnchors(database: DatabaseSync): AnchorStore {
  const put = database.prepare("INSERT OR REPLACE INTO anchor VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const all = database.prepare(`${select} ${among} ORDER BY size`);
  const newest = database.prepare(`${select} ${among} ORDER BY size DESC LIMIT 1`);
  return {
    putAnchor: async (anchor) => inTransaction(database, () => void put.run(...valuesOf(anchor))),
    // The columns are named after the members and the STRICT table holds their types (twice).
    anchors: async (log, states = everyState) =>
      (all.all(log, JSON.stringify(states)) as unknown as readonly Row[]).map(anchorOf),
    newestAnchor: async (log, states = everyState) => {
      const row = newest.get(log, JSON.stringify(states)) as unknown as Row | undefined;
      return row === undefined ? null : anchorOf(row);
    },
  };
}

function valuesOf({ log, size, root, stampedAt, state, ots, confirmation: found }: StoredAnchor) {
  const known = [found?.by, found?.height, found?.header, found?.confirmedAt];
  return [log, size, root, stampedAt, state, ots, ...known.map((one) => one ?? null)];
}

function anchorOf(row: Row): StoredAnchor {
  const { log, size, root, stampedAt, state, ots, by, height, header, confirmedAt } = row;
  const confirmation = by === null ? null : { by, height, header, confirmedAt };
  return { log, size, root, stampedAt, state, ots, confirmation };
}
