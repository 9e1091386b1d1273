import { defineConfig } from "vitest/config";

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
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
