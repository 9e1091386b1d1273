import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startController } from "./controller.ts";
import { createLog } from "./log.ts";
import { makeRepository } from "./source/testdata/repository.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { itemOf } from "./store/testdata/items.ts";

test("a controller that runs has erased attachments whose time is over, and no others", async () => {
  const repository = await makeRepository();
  const state = await mkdtemp(join(tmpdir(), "compline-retention-"));
  const now = Date.UTC(2028, 10, 26);
  const file = join(state, "compline.db");
  const before = openSqliteStore(file, "write");
  const bundle = itemOf(0, "a");
  await before.commit([bundle]);
  const bytes = Buffer.from("what it did");
  const [over, not] = ["e".repeat(64), "f".repeat(64)];
  const at = (ms: number): string => new Date(ms).toISOString();
  await before.putAttachment({ digest: over, bundle: bundle.digest, retainUntil: at(now), bytes });
  await before.putAttachment({ digest: not, bundle: bundle.digest, retainUntil: at(now + 1), bytes });
  await before.close();
  const controller = await startController({
    config: {
      schemaVersion: "1",
      state,
      host: "127.0.0.1",
      port: 0,
      sources: [{ name: "main", repository: repository.folder, branch: "main" }],
    },
    log: createLog("silent"),
    clock: () => now,
    crashPoint: () => {},
    portalCommand: [process.execPath, "--version"],
  });
  await controller.close();
  const after = openSqliteStore(file, "read");
  const left = await after.attachmentsOf(bundle.digest);
  expect(left.map(({ digest }) => digest)).toEqual([not]);
  await after.close();
  await rm(state, { recursive: true });
  await repository.remove();
});
