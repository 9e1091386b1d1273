import { join } from "node:path";
import { describe, expect, it, type TestContext } from "vitest";
import { type Running, type Workplace, makeWorkplace, runCompline, startProduct } from "./product.ts";

/** The seed of the instants; a failure names the round, and the same seed gives the same instants again. */
const SEED = 20_261_123;
const ROUNDS = 20;
/** The longest time after a break at which a process is killed: it covers seeing, signing, healing and sending. */
const LATEST_MS = 2_500;

const CHECKS = ["sshd-root-login", "password-max-age", "shadow-permissions", "sysctl-kernel-restrictions"];

/** A product of the test's own, so that the tests here go on side by side; it ends with the test. */
async function startOwn(
  { onTestFinished }: TestContext,
  env: Record<string, string> = {},
): Promise<{ readonly product: Running; readonly workplace: Workplace }> {
  const workplace = await makeWorkplace();
  onTestFinished(() => workplace.remove());
  const product = await startProduct(workplace, env);
  onTestFinished(async () => void (await product.stop()));
  return { product, workplace };
}

function where({ repo, state }: Workplace): string[] {
  return ["--repo", repo, "--state", state];
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

/** Each half has a product of its own. */
function half(of: number): readonly Round[] {
  const random = seeded(SEED);
  const rounds = Array.from({ length: ROUNDS }, (_, number) => ({
    number,
    check: CHECKS[number % CHECKS.length] ?? "",
    victim: number % 2 === 0 ? ("agent" as const) : ("controller" as const),
    instant: Math.floor(random() * LATEST_MS),
  }));
  return rounds.slice((of * ROUNDS) / 2, ((of + 1) * ROUNDS) / 2);
}

interface Round {
  readonly number: number;
  readonly check: string;
  readonly victim: "agent" | "controller";
  /** Milliseconds after the break. */
  readonly instant: number;
}

async function expectVerifiedExport(workplace: Workplace): Promise<void> {
  const folder = join(workplace.folder, "evidence");
  const flags = ["--site", "tidewell-clinic", "--out", folder, ...where(workplace)];
  const exported = await runCompline(["export", ...flags]);
  expect(exported.code, exported.stderr).toBe(0);
  const verified = await runCompline(["verify", folder, "-o", "json"]);
  const { failures } = JSON.parse(verified.stdout) as { failures: unknown[] };
  expect(failures).toEqual([]);
  expect(verified.code).toBe(0);
}

describe.concurrent("a process killed without warning", () => {
  it.for([
    ["first", 0],
    ["second", 1],
  ] as const)(
    `at the %s half of ${ROUNDS} seeded instants loses nothing: what was broken is seen, healed and proven`,
    { timeout: 600_000 },
    async ([, of], context) => {
      const { product, workplace } = await startOwn(context);
      for (const { number, check, victim, instant } of half(of)) {
        const breaking = runCompline(["demo", "break", check, ...where(workplace)]);
        await new Promise((next) => setTimeout(next, instant));
        await product.kill(victim);
        const { code, stdout, stderr } = await breaking;
        const what = `round ${number}: ${victim} killed ${instant} ms after breaking ${check}`;
        expect(code, `${what}\n${stdout}${stderr}`).toBe(0);
      }
      await expectVerifiedExport(workplace);
    },
  );

  it.for([
    ["agent", "after-observe"],
    ["agent", "after-sign"],
    ["agent", "after-outbox"],
    ["controller", "after-commit"],
    ["controller", "after-answer"],
  ] as const)(
    "%s killed %s, again and again, still heals and forks nothing",
    { timeout: 240_000 },
    async ([, point], context) => {
      const { product, workplace } = await startOwn(context, { COMPLINE_CRASH_AT: `${point}:3` });
      const broken = await runCompline(["demo", "break", "sshd-root-login", ...where(workplace)]);
      expect(broken.code, `${broken.stdout}${broken.stderr}`).toBe(0);
      expect(product.output()).toContain("ended (SIGKILL)");
      await expectVerifiedExport(workplace);
    },
  );
});
