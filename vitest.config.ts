import { availableParallelism } from "node:os";
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
          fileParallelism: false,
          // After the unit tests when both are asked for.
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
