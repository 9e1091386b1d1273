import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Vitest's own choice leaves a core to its main thread, which here has next to nothing to do: of two, that is half. */
const everyCore = availableParallelism();

/** Two projects: `unit` is part of `npm run check`; `e2e` starts real processes and browsers. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["*/src/**/*.test.ts"],
          exclude: ["**/*.e2e.test.ts", "**/node_modules/**"],
          environment: "node",
          maxWorkers: everyCore,
          // A hang is noticed; a machine that is five times slower is no failure.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["*/src/**/*.e2e.test.ts"],
          exclude: ["**/node_modules/**"],
          environment: "node",
          // Each has folders and ports of its own, and waits for half of its time.
          maxWorkers: Math.min(2, everyCore),
          // Concurrent tests of a file start a product each.
          maxConcurrency: 2,
          // After the unit tests when both are asked for.
          sequence: { groupOrder: 1 },
          // For the programs that tests start without their launchers, which see to this themselves.
          env: { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
