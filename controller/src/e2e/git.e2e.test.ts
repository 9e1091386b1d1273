import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../cli/main.ts";
import { git, makeWorkplace, type Running, runCompline, startProduct, type Workplace } from "./product.ts";

const SITE = "sites/lanternfish/tidewell-clinic/site.yaml";
const PARTNER = "sites/lanternfish/partner.yaml";

let workplace: Workplace;
let product: Running;

beforeAll(async () => {
  workplace = await makeWorkplace();
  product = await startProduct(workplace);
});

afterAll(async () => {
  await product.stop();
  workplace.remove();
});

function where(): string[] {
  return ["--repo", workplace.repo, "--state", workplace.state];
}

function edit(path: string, change: (text: string) => string): void {
  const file = join(workplace.repo, path);
  const before = readFileSync(file, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

async function commit(message: string, ...flags: string[]): Promise<void> {
  await git(workplace.repo, "commit", "--quiet", "--all", `--message=${message}`, ...flags);
}

interface Status {
  readonly revision: string;
  readonly uncommittedEdits: number;
  readonly notices: readonly { code: string; message: string }[];
  readonly conditions: readonly { subject: string; type: string; reason: string }[];
  readonly sites: readonly {
    name: string;
    healing: { mode: string };
    appliances: readonly { revision: string | null; healing: { mode: string; reasons: string[] } | null }[];
  }[];
}

/** What the command prints; it is asked so often that a process for each time would take half of this file's time. */
async function status(): Promise<Status> {
  let printed = "";
  const write = vi
    .spyOn(process.stdout, "write")
    .mockImplementation((text) => ((printed += String(text)), true));
  try {
    expect(await main(["status", "-o", "json", ...where()])).toBe(0);
  } finally {
    write.mockRestore();
  }
  return JSON.parse(printed) as Status;
}

async function statusWhen(wanted: (status: Status) => boolean): Promise<Status> {
  const until = performance.now() + 30_000;
  let last: Status | null = null;
  while (performance.now() < until) {
    last = await status();
    if (wanted(last)) return last;
    await new Promise((next) => setTimeout(next, 250));
  }
  throw new Error(`not seen in time; last: ${JSON.stringify(last, null, 1)}`);
}

function clinic(known: Status) {
  const site = known.sites.find(({ name }) => name === "tidewell-clinic");
  if (site === undefined) throw new Error("the clinic is not in the status");
  return site;
}

function reasonsOf(known: Status): readonly string[] {
  return clinic(known).appliances[0]?.healing?.reasons ?? [];
}

/** Waits until the appliance itself reports a healing mode. */
async function expectHealing(mode: string): Promise<void> {
  const known = await statusWhen((now) => clinic(now).appliances[0]?.healing?.mode === mode);
  expect(reasonsOf(known)).toEqual([]);
}

/** Commits all that is new, sees it refused with the finding and nothing of it in force, and takes it back. */
async function expectHeld(finding: RegExp): Promise<void> {
  const before = clinic(await status());
  await git(workplace.repo, "add", "--all");
  await commit("A fault");
  expect((await runCompline(["validate", "--repo", workplace.repo])).stdout).toMatch(finding);
  const held = await statusWhen(({ conditions }) => conditions.some(({ type }) => type === "Stalled"));
  expect(clinic(held)).toMatchObject({ healing: before.healing });
  expect(clinic(held).appliances[0]?.revision).toBe(before.appliances[0]?.revision);
  await git(workplace.repo, "reset", "--quiet", "--hard", "HEAD~1");
  await statusWhen(({ conditions }) => conditions.every(({ type }) => type !== "Stalled"));
}

describe("the branch that is checked out", () => {
  it("is followed: an edit is only named, and comes into force with its commit", async () => {
    const before = await status();
    edit(SITE, (text) => text.replace("mode: full", "mode: standard"));
    const edited = await statusWhen(({ notices }) =>
      notices.some(({ code }) => code === "UNCOMMITTED_EDITS"),
    );
    expect(edited.uncommittedEdits).toBe(1);
    expect(clinic(edited).healing.mode).toBe("full");
    const plan = await runCompline(["plan", "--exit-code", ...where()]);
    expect(plan.stdout).toContain("healing: mode full -> standard");
    expect(plan.stdout).toContain("heals, scores: not known here");
    expect(plan.code).toBe(1);
    const observed = join(workplace.state, "observed.json");
    expect((await runCompline(["status", "--snapshot", observed, ...where()])).code).toBe(0);
    const foreseen = await runCompline(["plan", "--observed", observed, ...where()]);
    expect(foreseen.stdout).toMatch(/\nscores, as observed at .*Z:\n {2}none moves\n/);
    await commit("Heal less");
    const after = await statusWhen(
      (known) => known.revision !== before.revision && known.uncommittedEdits === 0,
    );
    expect(clinic(after).healing.mode).toBe("standard");
    const inForce = await statusWhen((known) => clinic(known).appliances[0]?.healing?.mode === "standard");
    expect(clinic(inForce).appliances[0]?.revision).toBe(after.revision);
    expect((await runCompline(["plan", "--exit-code", ...where()])).code).toBe(0);
  });

  it("may be amended", async () => {
    edit(SITE, (text) =>
      text.replace("mode: standard", "mode: full").replace("room: reception", "room: hall"),
    );
    await commit("Heal as before, in the hall", "--amend");
    await expectHealing("full");
  });

  it("may be switched, and back", async () => {
    await git(workplace.repo, "checkout", "--quiet", "-b", "careful");
    edit(SITE, (text) => text.replace("mode: full", "mode: dry-run"));
    await commit("Try only");
    await expectHealing("dry-run");
    await git(workplace.repo, "checkout", "--quiet", "main");
    await expectHealing("full");
  });

  it("may be rebased, onto a history with fewer commits", async () => {
    await git(workplace.repo, "checkout", "--quiet", "-b", "squashed", "main~1");
    edit(PARTNER, (text) => `${text.trimEnd()}\n# Checked in spring.\n`);
    await commit("A remark");
    await git(workplace.repo, "checkout", "--quiet", "main");
    edit(SITE, (text) => text.replace("mode: full", "mode: standard"));
    await commit("Heal less again", "--amend");
    await git(workplace.repo, "rebase", "--quiet", "squashed");
    await expectHealing("standard");
    const count = await git(workplace.repo, "rev-list", "--count", "HEAD");
    await git(workplace.repo, "reset", "--quiet", "--soft", "main~2");
    edit(SITE, (text) => text.replace("mode: standard", "mode: full"));
    await commit("All in one", "--amend");
    expect(Number(await git(workplace.repo, "rev-list", "--count", "HEAD"))).toBeLessThan(Number(count));
    await expectHealing("full");
  });

  it("may be none: a commit that was checked out by itself is followed like a branch", async () => {
    await git(workplace.repo, "checkout", "--quiet", "--detach");
    edit(SITE, (text) => text.replace("mode: full", "mode: dry-run"));
    await commit("On no branch");
    await expectHealing("dry-run");
    await git(workplace.repo, "checkout", "--quiet", "main");
    await expectHealing("full");
  });

  it("is not taken in the middle of a merge that left marks in the files", async () => {
    const before = await status();
    await git(workplace.repo, "checkout", "--quiet", "-b", "theirs");
    edit(SITE, (text) => text.replace("mode: full", "mode: dry-run"));
    await commit("Theirs");
    await git(workplace.repo, "checkout", "--quiet", "main");
    edit(SITE, (text) => text.replace("mode: full", "mode: standard"));
    await commit("Ours");
    const merged = await git(workplace.repo, "merge", "--quiet", "theirs").catch(() => "conflict");
    expect(merged).toBe("conflict");
    const known = await statusWhen((now) => now.revision !== before.revision && now.uncommittedEdits === 1);
    expect(clinic(known).healing.mode).toBe("standard");
    const checked = await runCompline(["validate", "--repo", workplace.repo]);
    expect([checked.code, checked.stdout]).toEqual([1, expect.stringContaining("site.yaml:")]);
    await git(workplace.repo, "merge", "--abort");
    edit(SITE, (text) => text.replace("mode: standard", "mode: full"));
    await commit("As before");
    await expectHealing("full");
  });

  it("holds what was in force when a file is far too large", async () => {
    const large = "policies/large.yaml";
    writeFileSync(join(workplace.repo, large), `# ${"x".repeat(5_000_000)}\n`);
    await expectHeld(/^policies\/large\.yaml:1:1 error YAML_TOO_LARGE$/m);
  });

  it("holds what was in force when two files are of one identity", async () => {
    const copy = "sites/lanternfish/tidewell-copy";
    cpSync(join(workplace.repo, dirname(SITE)), join(workplace.repo, copy), { recursive: true });
    edit(`${copy}/site.yaml`, (text) => text.replace("name: tidewell-clinic", "name: tidewell-copy"));
    await expectHeld(
      /^sites\/lanternfish\/tidewell-(copy|clinic)\/site\.yaml:\d+:\d+ error REF_DUPLICATE at/m,
    );
  });

  it("holds what was in force when a commit is faulty, and says where the fault is", async () => {
    const before = await status();
    edit(SITE, (text) => text.replace("mode: full", "mode: fulll"));
    const checked = await runCompline(["validate", "--repo", workplace.repo]);
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/site\.yaml:\d+:\d+ error SCHEMA_/);
    await commit("A fault");
    const held = await statusWhen(({ conditions }) => conditions.some(({ type }) => type === "Stalled"));
    expect(clinic(held).healing.mode).toBe("full");
    expect(clinic(held).appliances[0]?.revision).toBe(clinic(before).appliances[0]?.revision);
    expect(held.notices.map(({ code }) => code)).toContain("TREE_REFUSED");
  });

  it("stops healing by the kill switch even from a tree that is otherwise refused", async () => {
    edit(PARTNER, (text) => `${text.trimEnd()}\n  killSwitch: { engaged: true, reason: A drill }\n`);
    await commit("Stop");
    await statusWhen(
      (known) => clinic(known).appliances[0]?.healing?.reasons.includes("KILL_SWITCH") === true,
    );
    edit(PARTNER, (text) => text.replace(/ {2}killSwitch: .*\n/, ""));
    edit(SITE, (text) => text.replace("mode: fulll", "mode: full"));
    await commit("Good again");
    await expectHealing("full");
  });
});

describe("a folder without a repository of its own", () => {
  it("is taken as one commit at each start, and says so", async () => {
    await product.stop();
    rmSync(join(workplace.repo, ".git"), { recursive: true });
    edit(SITE, (text) => text.replace("riskCeiling: medium", "riskCeiling: low"));
    product = await startProduct(workplace);
    expect(product.output()).toContain("no git repository of its own");
    const known = await status();
    expect(known.uncommittedEdits).toBe(0);
    const inForce = await statusWhen((now) => JSON.stringify(clinic(now)).includes('"riskCeiling":"low"'));
    expect(clinic(inForce).appliances).toHaveLength(1);
  });

  it("is refused with a word on what to do when it has a repository without a commit", async () => {
    const unborn = join(workplace.folder, "unborn");
    cpSync(workplace.repo, unborn, { recursive: true });
    await git(unborn, "init", "--quiet");
    const started = await runCompline(["start", "--repo", unborn, "--port", "18499"]);
    expect(started.code).toBe(3);
    expect(started.stderr).toContain("commit your files first");
  });
});
