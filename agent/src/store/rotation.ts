import type { DatabaseSync } from "node:sqlite";
import { inTransaction } from "./database.ts";
import { WAITING } from "./schema.ts";

/** A rotation that the chain tells of. */
export interface StoredRotation {
  /** The next key, 64 hex digits. */
  readonly publicKey: string;
  /** The epoch that it opened. */
  readonly epoch: number;
  /** Where the event stands in the epoch before. */
  readonly seq: number;
  /** Git has the key; the files of the folder still have to follow. */
  readonly settled: boolean;
}

/** The rotation of an appliance's key, from its event until it is over. Durable when a call returns. */
export interface Rotations {
  rotation(): StoredRotation | null;
  /** Bundles of epochs before one that wait to be sent. */
  waitingBefore(epoch: number): number;
  settleRotation(): void;
  endRotation(): void;
}

/** The rotation in an open database. */
export function createRotations(database: DatabaseSync): Rotations {
  const change = (sql: string): void => inTransaction(database, () => database.exec(sql));
  return {
    rotation() {
      const row = database.prepare("SELECT * FROM rotation").get();
      if (row === undefined) return null;
      const { public_key: publicKey, epoch, seq, settled } = row;
      return { publicKey: String(publicKey), epoch: Number(epoch), seq: Number(seq), settled: settled === 1 };
    },
    waitingBefore: (epoch) =>
      Number(
        database.prepare(`SELECT count(*) AS rows FROM outbox WHERE ${WAITING} AND epoch < ?`).get(epoch)?.[
          "rows"
        ],
      ),
    settleRotation: () => change("UPDATE rotation SET settled = 1"),
    endRotation: () => change("DELETE FROM rotation"),
  };
}

/** Notes the rotation that an event in the same transaction tells of. */
export function insertRotation(
  database: DatabaseSync,
  { publicKey, epoch, seq }: Omit<StoredRotation, "settled">,
): void {
  database.prepare("INSERT INTO rotation VALUES (1, ?, ?, ?, 0)").run(publicKey, epoch, seq);
}
