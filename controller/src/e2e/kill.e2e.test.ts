import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Running, type Workplace, makeWorkplace, runCompline, startProduct } from "./product.ts";

/** The seed of the instants; a failure names the round, and the same seed gives the same instants again. */
const SEED = 20_261_123;
const ROUNDS = 20;
/** The longest time after a break at which a process is killed: it covers seeing, signing, healing and sending. */
const LATEST_MS = 2_500;

const CHECKS = ["sshd-root-login", "password-max-age", "shadow-permissions", "sysctl-kernel-restrictions"];

let workplace: Workplace;
let product: Running;

beforeEach(async () => {
  workplace = await makeWorkplace();
});

afterEach(async () => {
  await product.stop();
  workplace.remove();
});

function where(): string[] {
  return ["--repo", workplace.repo, "--state", workplace.state];
}

/** mulberry32: a small seeded generator, so that the instants are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

async function expectVerifiedExport(): Promise<void> {
  const folder = join(workplace.folder, "evidence");
  rmSync(folder, { recursive: true, force: true });
  const exported = await runCompline(["export", "--site", "tidewell-clinic", "--out", folder, ...where()]);
  expect(exported.code, exported.stderr).toBe(0);
  const verified = await runCompline(["verify", folder, "-o", "json"]);
  const { failures } = JSON.parse(verified.stdout) as { failures: unknown[] };
  expect(failures).toEqual([]);
  expect(verified.code).toBe(0);
}

describe("a process killed without warning", () => {
  it(`at ${ROUNDS} seeded instants loses nothing: what was broken is seen, healed and proven`, {
    timeout: 600_000,
  }, async () => {
    product = await startProduct(workplace);
    const random = seeded(SEED);
    for (let round = 0; round < ROUNDS; round += 1) {
      const check = CHECKS[round % CHECKS.length] ?? "";
      const victim = round % 2 === 0 ? "agent" : "controller";
      const instant = Math.floor(random() * LATEST_MS);
      const breaking = runCompline(["demo", "break", check, ...where()]);
      await new Promise((next) => setTimeout(next, instant));
      await product.kill(victim);
      const { code, stdout, stderr } = await breaking;
      expect(
        code,
        `round ${round}: ${victim} killed ${instant} ms after breaking ${check}\n${stdout}${stderr}`,
      ).toBe(0);
    }
    await expectVerifiedExport();
  });

  it.each([
    ["agent", "after-observe"],
    ["agent", "after-sign"],
    ["agent", "after-outbox"],
    ["controller", "after-commit"],
    ["controller", "after-answer"],
  ])(
    "%s killed %s, again and again, still heals and forks nothing",
    { timeout: 240_000 },
    async (_process, point) => {
      product = await startProduct(workplace, { COMPLINE_CRASH_AT: `${point}:3` });
      const { code, stdout, stderr } = await runCompline(["demo", "break", "sshd-root-login", ...where()]);
      expect(code, `${stdout}${stderr}`).toBe(0);
      expect(product.output()).toContain("ended (SIGKILL)");
      await expectVerifiedExport();
    },
  );
});
