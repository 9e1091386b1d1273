import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keptPredicate } from "../store/kept-predicate.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { git, type Running, type Workplace, makeWorkplace, runCompline, startProduct } from "./product.ts";

/** How long the agent may take to find out what the controller lacks, and to send it. */
const PATIENCE_MS = 110_000;

let workplace: Workplace;
let product: Running;

beforeEach(async () => {
  workplace = await makeWorkplace();
});

afterEach(async () => {
  await product.stop();
  workplace.remove();
});

it("a controller set back to an old copy of its state is sent again what it lacks, once and in order", async () => {
  const state = join(workplace.state, "controller");
  const copy = join(workplace.folder, "copy");
  await breakAndHeal("sshd-root-login");
  await cp(state, copy, { recursive: true });
  const copied = await kept();
  await breakAndHeal("password-max-age");
  const all = await kept();
  expect(all.length).toBeGreaterThan(copied.length);

  await rm(state, { recursive: true });
  await cp(copy, state, { recursive: true });
  expect(await kept()).toEqual(copied);
  product = await startProduct(workplace);
  await expect
    .poll(async () => new Set(await kept()).isSupersetOf(new Set(all)), { timeout: PATIENCE_MS })
    .toBe(true);
  const again = await kept();
  expect(again.filter((digest) => all.includes(digest))).toEqual(all);
  expect(new Set(again).size).toBe(again.length);
  await expectVerifiedExport();
});

it("assignments that it published since the copy, and the revisions they are of, come back with what was signed under them", async () => {
  const state = join(workplace.state, "controller");
  const copy = join(workplace.folder, "copy");
  product = await startProduct(workplace);
  const before = await judgedBy(1);
  await product.stop();
  await cp(state, copy, { recursive: true });
  product = await startProduct(workplace);
  await commitCadence("2s");
  await judgedBy(before.size + 1);
  await commitCadence("3s");
  const all = await judgedBy(before.size + 2);
  await product.stop();
  const bundles = await kept();

  await rm(state, { recursive: true });
  await cp(copy, state, { recursive: true });
  product = await startProduct(workplace);
  await expect
    .poll(async () => new Set(await kept()).isSupersetOf(new Set(bundles)), { timeout: PATIENCE_MS })
    .toBe(true);
  await expectVerifiedExport();
  expect((await judgedBy(all.size)).isSupersetOf(all)).toBe(true);
  await commitCadence("4s");
  await judgedBy(all.size + 1);
  await expectVerifiedExport();
});

/** The practice site looks as often as is told, once a new assignment says so. */
async function commitCadence(cadence: string): Promise<void> {
  const site = join(workplace.repo, "sites/lanternfish/tidewell-clinic/site.yaml");
  await writeFile(site, (await readFile(site, "utf8")).replace(/cadence: .*/, `cadence: ${cadence}`));
  await git(workplace.repo, "commit", "--quiet", "--all", `--message=Look every ${cadence}`);
}

/** Assignments that bundles of the practice site name, once there are so many. */
async function judgedBy(count: number): Promise<ReadonlySet<string>> {
  const site = /^  id: (\S+)$/m.exec(
    await readFile(join(workplace.repo, "sites/lanternfish/tidewell-clinic/site.yaml"), "utf8"),
  )?.[1];
  const named = async (): Promise<ReadonlySet<string>> => {
    const store = openSqliteStore(join(workplace.state, "controller/compline.db"), "read");
    try {
      const bundles = (await store.bundlesSince(0, 1000)).filter((bundle) => bundle.site === site);
      return new Set(bundles.map((bundle) => keptPredicate(bundle).policy.assignment));
    } finally {
      await store.close();
    }
  };
  await expect.poll(async () => (await named()).size, { timeout: PATIENCE_MS }).toBeGreaterThanOrEqual(count);
  return await named();
}

/** The product runs until a broken check is healed and the evidence of it is kept. */
async function breakAndHeal(check: string): Promise<void> {
  product = await startProduct(workplace);
  const { code, stdout, stderr } = await runCompline(["demo", "break", check, ...where()]);
  expect(code, `${stdout}${stderr}`).toBe(0);
  await product.stop();
}

/** Digests of all evidence, chain by chain, each in the order in which it came. */
async function kept(): Promise<readonly string[]> {
  const store = openSqliteStore(join(workplace.state, "controller/compline.db"), "read");
  try {
    const bundles = await store.bundlesSince(0, 1000);
    return bundles
      .toSorted((a, b) => (a.chain < b.chain ? -1 : Number(a.chain > b.chain)))
      .map(({ digest }) => digest);
  } finally {
    await store.close();
  }
}

async function expectVerifiedExport(): Promise<void> {
  const folder = join(workplace.folder, "evidence");
  await rm(folder, { recursive: true, force: true });
  const exported = await runCompline(["export", "--site", "tidewell-clinic", "--out", folder, ...where()]);
  expect(exported.code, exported.stderr).toBe(0);
  const { code, stdout } = await runCompline(["verify", folder, "-o", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({ failures: [] });
  expect(code).toBe(0);
}

function where(): string[] {
  return ["--repo", workplace.repo, "--state", workplace.state];
}
