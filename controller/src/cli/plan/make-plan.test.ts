import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Action, describePlan } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { healForMs } from "../../reconcile/publish.ts";
import { makeRepository, type TestRepository } from "../../source/testdata/repository.ts";
import { makeAppliance } from "../../testdata/appliance.ts";
import { makeAuthority } from "../../testdata/authority.ts";
import { libraryFiles, partnerFiles } from "../../testdata/desired.ts";
import { makePlan } from "./make-plan.ts";
import { fingerprint } from "./testdata/fingerprint.ts";
import { openPublisher, type Publisher } from "./testdata/publisher.ts";

type Files = Parameters<TestRepository["commit"]>[0];

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const birch = makeAppliance("01J0000000000000000000BXA2", "01J000000000000000000S1TA2");
const cedar = makeAppliance("01J0000000000000000000BXA3", "01J000000000000000000S1TA3");
const good = { ...libraryFiles(), ...partnerFiles("acme", acme), ...partnerFiles("birch", birch) };
const start = Date.UTC(2026, 10, 23);
const nonsense = "nonsense: [";
const killSwitch = "killSwitch:\n  engaged: true\n  reason: stop";
const birchBox = "sites/birch/shop/appliances/box.yaml";
const acmeSite = "sites/acme/shop/site.yaml";
const greeting = "policies/checks/linux/greeting.yaml";

let repository: TestRepository;
let publisher: Publisher;

beforeEach(async () => {
  repository = await makeRepository();
  publisher = await openPublisher(repository.folder);
});
afterEach(async () => {
  await publisher.remove();
  await repository.remove();
});

const gone = (files: Files): Files => Object.fromEntries(Object.keys(files).map((path) => [path, null]));

/** Commits files on a branch of its own and goes back to `main`. */
async function commitOnBranch(files: Files): Promise<void> {
  await repository.git.raw("checkout", "--quiet", "-b", "feature");
  await repository.commit(files);
  await repository.git.raw("checkout", "--quiet", "main");
}

/** What an assignment asks for: all but the stamp that a commit and a clock give it. */
function work(assignment: Assignment): unknown {
  return { ...assignment, generation: null, revision: null, issuedAt: null, healUntil: null };
}

/** What is in force once the actions are done. */
function reached(before: ReadonlyMap<string, Assignment>, actions: readonly Action[]): Map<string, unknown> {
  const after = new Map([...before].map(([id, assignment]) => [id, work(assignment)]));
  for (const action of actions) {
    if (action.kind === "withdraw") after.delete(action.appliance);
    else after.set(action.assignment.appliance, work(action.assignment));
  }
  return after;
}

/** Without the time until which a renewed assignment heals: it is that of the pass. */
function words(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !line.startsWith("  healing until "));
}

interface Case {
  readonly files: Files;
  /** Codes of what is refused. */
  readonly refused?: readonly string[];
  readonly kinds: readonly Action["kind"][];
  readonly laterMs?: number;
}

const cases: readonly [string, Case][] = [
  ["words that change no work", { files: { "README.md": "words" }, kinds: [] }],
  ["another interval in the library", { files: libraryFiles("10m"), kinds: ["publish", "publish"] }],
  ["a new partner", { files: partnerFiles("cedar", cedar), kinds: ["publish"] }],
  ["a partner that goes", { files: gone(partnerFiles("birch", birch)), kinds: ["withdraw"] }],
  [
    "an appliance that is not enrolled any more",
    {
      files: { [birchBox]: `${good[birchBox]?.split("spec:")[0]}spec:\n  description: gone\n` },
      kinds: ["withdraw"],
    },
  ],
  [
    "a partner that is faulty, beside a change for all",
    {
      files: { ...libraryFiles("10m"), [birchBox]: nonsense },
      refused: ["PARTNER_FAULT"],
      kinds: ["publish"],
    },
  ],
  [
    "a new partner that is faulty",
    {
      files: { ...partnerFiles("cedar", cedar), "sites/cedar/shop/site.yaml": nonsense },
      refused: ["PARTNER_FAULT"],
      kinds: [],
    },
  ],
  [
    "a fault in the library",
    {
      files: { ...partnerFiles("cedar", cedar), [greeting]: nonsense },
      refused: ["LIBRARY_FAULT"],
      kinds: [],
    },
  ],
  [
    "maintenance windows, which move with time",
    {
      files: {
        [acmeSite]: `${good[acmeSite]?.replace("riskCeiling: low", "riskCeiling: low\n    windows:\n      - days: [mon]\n        start: '22:00'\n        end: '04:00'")}`,
      },
      kinds: ["publish"],
    },
  ],
  ["a kill switch", { files: partnerFiles("acme", acme, killSwitch), kinds: ["publish"] }],
  [
    "a kill switch in a tree whose library is faulty",
    {
      files: { ...partnerFiles("acme", acme, killSwitch), [greeting]: nonsense },
      refused: ["LIBRARY_FAULT"],
      kinds: ["publish"],
    },
  ],
  [
    "a kill switch of a partner that is faulty",
    {
      files: { ...partnerFiles("birch", birch, killSwitch), [birchBox]: nonsense },
      refused: ["PARTNER_FAULT"],
      kinds: ["publish"],
    },
  ],
  ["a time to renew", { files: { "README.md": "words" }, kinds: ["renew", "renew"], laterMs: healForMs / 2 }],
];

describe("the plan is what publishing then does", () => {
  test.each(cases)("%s", async (_, { files, refused = [], kinds, laterMs = 1000 }) => {
    await repository.commit(good);
    const before = await publisher.pass(start);
    await commitOnBranch(files);
    const untouched = [await fingerprint(publisher.state), await fingerprint(repository.folder)];
    const request = { repo: repository.folder, state: publisher.state, head: "feature" };
    const { actions, report } = await makePlan(request, start + laterMs);
    expect([await fingerprint(publisher.state), await fingerprint(repository.folder)]).toEqual(untouched);
    expect(report.refused.map(({ code }) => code)).toEqual(refused);
    expect(actions.map(({ kind }) => kind)).toEqual(kinds);

    await repository.git.raw(
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@compline.invalid",
      "merge",
      "--quiet",
      "--no-ff",
      "feature",
    );
    const after = await publisher.pass(start + laterMs);
    expect(words(after.applied)).toEqual(actions.length === 0 ? [] : words(describePlan(actions)));
    expect(new Map([...after.inForce].map(([id, assignment]) => [id, work(assignment)]))).toEqual(
      reached(before.inForce, actions),
    );
  });

  test("with a controller that is not running, no file comes into being beside its store", async () => {
    await repository.commit(good);
    await publisher.pass(start);
    await publisher.stop();
    const files = await readdir(join(publisher.state, "controller"));
    const untouched = await fingerprint(publisher.state);
    await makePlan({ repo: repository.folder, state: publisher.state }, start);
    expect(await fingerprint(publisher.state)).toEqual(untouched);
    expect(await readdir(join(publisher.state, "controller"))).toEqual(files);
  });

  test("also for a partner that comes back faulty: the files that were removed stay removed", async () => {
    await repository.commit(good);
    await publisher.pass(start);
    await repository.commit(gone(partnerFiles("birch", birch)));
    const before = await publisher.pass(start);
    await commitOnBranch({ ...partnerFiles("birch", birch), [birchBox]: nonsense });
    const request = { repo: repository.folder, state: publisher.state, head: "feature" };
    const { actions, report } = await makePlan(request, start);
    expect(report.refused).toMatchObject([{ partner: "birch", holds: [], errors: 1 }]);
    await repository.git.raw("merge", "--quiet", "feature");
    const after = await publisher.pass(start);
    expect([actions, after.applied]).toEqual([[], []]);
    expect(after.inForce).toEqual(before.inForce);
  });

  test("of a second source, an identity that the first one has is refused, and what was in force stays", async () => {
    const second = await makeRepository();
    const both = await openPublisher(repository.folder, second.folder);
    await repository.commit({ ...libraryFiles(), ...partnerFiles("acme", acme) });
    await second.commit({ ...libraryFiles(), ...partnerFiles("birch", birch) });
    const before = await both.pass(start);
    await second.git.raw("checkout", "--quiet", "-b", "feature");
    await second.commit(partnerFiles("birch", { ...birch, publicKey: acme.publicKey }));
    const { actions, report } = await makePlan({ repo: second.folder, state: both.state }, start);
    await second.git.raw("branch", "--force", "main", "feature");
    const after = await both.pass(start);
    expect(report.refused).toMatchObject([{ partner: "birch", code: "IDENTITY_MOVED" }]);
    expect([actions, after.applied]).toEqual([[], []]);
    expect(after.inForce).toEqual(before.inForce);
    await both.remove();
    await second.remove();
  });
});

describe("without a state folder", () => {
  test.each(cases.filter(([, { laterMs }]) => laterMs === undefined))(
    "from commit to commit it is the same plan: %s",
    async (_, { files, refused = [], kinds }) => {
      await repository.commit(good);
      await publisher.pass(start);
      await commitOnBranch(files);
      const known = await makePlan(
        { repo: repository.folder, state: publisher.state, head: "feature" },
        start,
      );
      const untouched = await fingerprint(repository.folder);
      const state = join(publisher.state, "none");
      const bare = await makePlan({ repo: repository.folder, state, base: "main", head: "feature" }, start);
      expect(await fingerprint(repository.folder)).toEqual(untouched);
      expect(bare.report.base).toMatchObject({ kind: "commit", ref: "main" });
      expect(bare.report.refused.map(({ code }) => code)).toEqual(refused);
      expect(bare.actions.map(({ kind }) => kind)).toEqual(kinds);
      expect(bare.report.actions).toEqual(known.report.actions);
    },
  );

  const plan = (more: { base?: string; head?: string } = {}) =>
    makePlan({ repo: repository.folder, state: join(publisher.state, "none"), ...more }, start);

  test("it starts from where the branch left its upstream branch, whatever happened there since", async () => {
    await repository.commit(good);
    const origin = await makeRepository();
    await origin.git.raw("fetch", "--quiet", repository.folder, "main");
    await origin.git.raw("reset", "--quiet", "--hard", "FETCH_HEAD");
    await repository.git.raw("remote", "add", "origin", origin.folder);
    await origin.commit(gone(partnerFiles("acme", acme)));
    await repository.git.raw("fetch", "--quiet", "origin");
    await repository.git.raw("branch", "--quiet", "--set-upstream-to=origin/main");
    const left = await repository.git.raw("rev-parse", "main");
    await repository.commit(libraryFiles("10m"));
    await repository.put(greeting, good[greeting]?.replace("severity: low", "severity: high") ?? "");
    const { report } = await plan();
    expect(report.base).toEqual({ kind: "commit", ref: "origin/main", revision: left.trim() });
    expect(report.head).toMatchObject({ kind: "folder" });
    expect(report.actions).toMatchObject([
      { kind: "publish", change: { checks: { changed: ["greeting"] } } },
      { kind: "publish", change: { checks: { changed: ["greeting"] } } },
    ]);
    await origin.remove();
  });

  test("and without an upstream branch from the commit that is checked out", async () => {
    await repository.commit(good);
    await repository.put(greeting, good[greeting]?.replace("severity: low", "severity: high") ?? "");
    const { report } = await plan();
    expect(report.base).toMatchObject({ kind: "commit", ref: "HEAD" });
    expect(report.actions).toHaveLength(2);
    await expect(plan({ head: "main" })).rejects.toMatchObject({ exit: "usage" });
  });

  test("before the first commit, and in a folder without git, everything is new", async () => {
    for (const [path, text] of Object.entries(good)) await repository.put(path, text);
    const unborn = await plan();
    expect(unborn.report.notices.map(({ code }) => code)).toEqual(["NOTHING_BEFORE"]);
    expect(unborn.report.actions).toHaveLength(2);
    await rm(join(repository.folder, ".git"), { recursive: true });
    expect((await plan()).report).toEqual(unborn.report);
    await expect(plan({ base: "main" })).rejects.toMatchObject({ exit: "usage" });
  });

  test("in a bare repository the head is its HEAD", async () => {
    await repository.commit(good);
    await repository.commit(libraryFiles("10m"));
    await repository.git.raw("clone", "--quiet", "--bare", ".", "bare.git");
    const request = { repo: join(repository.folder, "bare.git"), state: join(publisher.state, "none") };
    const { report } = await makePlan({ ...request, base: "main~1" }, start);
    expect(report.head).toMatchObject({ kind: "commit", ref: "HEAD" });
    expect(report.actions).toHaveLength(2);
  });

  test.each(["nonsuch", "--output=x", "main:README.md", ""])("the reference %j is refused", async (base) => {
    await repository.commit(good);
    await expect(plan({ base })).rejects.toMatchObject({ exit: "usage" });
  });

  test("a shallow clone that lacks the branching point is told to fetch more, and nothing is fetched", async () => {
    await repository.commit(good);
    await commitOnBranch({ "README.md": "words" });
    await repository.commit({ "README.md": "other words" });
    await repository.git.raw(
      "clone",
      "--quiet",
      "--depth=1",
      "--no-single-branch",
      `file://${repository.folder}`,
      "shallow",
    );
    const shallow = join(repository.folder, "shallow");
    await repository.git.raw("-C", shallow, "checkout", "--quiet", "--detach", "origin/feature");
    const untouched = await fingerprint(shallow);
    await expect(makePlan({ repo: shallow, state: undefined }, start)).rejects.toMatchObject({
      exit: "usage",
    });
    expect(await fingerprint(shallow)).toEqual(untouched);
  });

  test("a signed decision that is changed, gone or nobody's is refused, and changes no work", async () => {
    const authority = makeAuthority("01J000000000000000000PBXA1");
    const decided = await authority.decide({ type: "fork", digests: ["1".repeat(64), "2".repeat(64)] });
    const path = "sites/acme/decisions/0-0.dsse.json";
    const partner = "sites/acme/partner.yaml";
    const pinned = `${good[partner]}  authority:\n    publicKey: ${authority.publicKey}\n`;
    const text = Buffer.from(decided.bytes).toString("utf8");
    const refusedOf = async (files: Files): Promise<unknown> => {
      await repository.git.raw("checkout", "--quiet", "-B", "feature", "main");
      await repository.commit(files);
      await repository.git.raw("checkout", "--quiet", "main");
      const { report } = await plan({ base: "main", head: "feature" });
      return [report.actions, report.refused, report.diagnostics.map(({ file, code }) => `${file} ${code}`)];
    };
    await repository.commit({ ...good, [partner]: pinned });
    expect(await refusedOf({ [path]: text })).toEqual([[], [], []]);
    const refused = [expect.objectContaining({ partner: "acme", code: "DECISION_FAULT", errors: 1 })];
    expect(await refusedOf({ [path]: `${text} ` })).toEqual([[], refused, [`${path} DECISION_FORM`]]);
    await repository.commit({ [path]: text });
    expect(await refusedOf({ [path]: null })).toEqual([[], refused, [`${path} DECISION_CHANGED`]]);
    expect(await refusedOf({ "README.md": "words" })).toEqual([[], [], []]);
  });

  test("what a base lacks of itself, and a head of its base, is said", async () => {
    await repository.commit({ ...good, [birchBox]: nonsense });
    await commitOnBranch(good);
    await repository.commit({ "README.md": "words" });
    const { report } = await plan({ base: "main", head: "feature" });
    expect(report.notices.map(({ code }) => code)).toEqual(["BASE_REFUSED", "BASE_NOT_CONTAINED"]);
    expect(report.actions).toMatchObject([{ kind: "publish", target: { partner: "birch" } }]);
  });

  test("appliances that are declared and not enrolled are named", async () => {
    const declared = { [birchBox]: `${good[birchBox]?.split("spec:")[0]}spec: {}\n` };
    await repository.commit({ ...good, ...declared });
    const [notice] = (await plan()).report.notices;
    expect(notice).toMatchObject({
      code: "NOT_ENROLLED",
      message: expect.stringContaining("birch/shop box"),
    });
  });
});
