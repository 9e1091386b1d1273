import { openSqliteStore } from "../sqlite-store.ts";
import { itemOf } from "./items.ts";

// Commits bundle after bundle and prints the digest of each only once it was answered, until somebody kills it.
const store = openSqliteStore(process.argv[2] ?? "", "write");
for (let seq = 0; seq < 100_000; seq += 1) {
  const item = itemOf(seq, `bundle ${seq}`);
  const [result] = await store.commit([item]);
  if (result?.status === "accepted") process.stdout.write(`${item.digest}\n`);
}
