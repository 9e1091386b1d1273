import type { DatabaseSync } from "node:sqlite";
import type { ChainStore, StoredChain } from "./contract.ts";
import { inTransaction } from "./sqlite-open.ts";

/** What chains come to, in SQLite. */
export function sqliteChains(database: DatabaseSync): ChainStore {
  const forget = ["chain_state", "chain_position"].map((table) =>
    database.prepare(`DELETE FROM ${table} WHERE form <> ?`),
  );
  const put = database.prepare(
    `INSERT INTO chain_state (chain, form, position, state) VALUES (?, ?, ?, ?)
     ON CONFLICT (chain) DO UPDATE SET form = excluded.form, position = excluded.position, state = excluded.state`,
  );
  const reach = database.prepare(
    `INSERT INTO chain_position (form, position) VALUES (?, ?)
     ON CONFLICT (form) DO UPDATE SET position = excluded.position`,
  );
  const all = database.prepare(
    "SELECT chain, position, state FROM chain_state WHERE form = ? ORDER BY chain",
  );
  const reached = database.prepare("SELECT position FROM chain_position WHERE form = ?");
  return {
    putChains: async (form, { chains, upTo }) =>
      inTransaction(database, () => {
        for (const statement of forget) statement.run(form);
        for (const { chain, position, state } of chains) put.run(chain, form, position, state);
        if (upTo !== null) reach.run(form, upTo);
      }),
    chains: async (form) => ({
      upTo: Number(reached.get(form)?.["position"] ?? 0),
      // The columns are named after the members and STRICT tables hold their types.
      chains: all.all(form) as unknown as readonly StoredChain[],
    }),
  };
}

/** What undoes the state of a chain, inside a transaction that its caller opened: it may tell what a bundle said. */
export function chainForgetter(database: DatabaseSync): (bundle: string) => void {
  const forget = database.prepare(
    "UPDATE chain_state SET state = NULL WHERE chain = (SELECT chain FROM bundle WHERE digest = ?)",
  );
  return (bundle) => void forget.run(bundle);
}
