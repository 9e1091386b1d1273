import * as fc from "fast-check";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { changesSince } from "../../source/folder-changes.ts";
import { makeRepository, type TestRepository } from "../../source/testdata/repository.ts";
import { makeAppliance } from "../../testdata/appliance.ts";
import { makeAuthority } from "../../testdata/authority.ts";
import { type DesiredFiles, libraryFiles, partnerFiles } from "../../testdata/desired.ts";
import { diagnoseFolder } from "./diagnose-folder.ts";
import { judgeChangeSince } from "./judge-change-since.ts";
import { validate } from "./validate.ts";

const appliance = makeAppliance("01J000000000000000000AAA01", "01J000000000000000000SAA01");
const base: DesiredFiles = {
  ...libraryFiles(),
  ...partnerFiles("mola", appliance),
  ".gitignore": "ignored-*\n",
};
const site = "sites/mola/shop/site.yaml";
const fork = { type: "fork", digests: ["1".repeat(64), "2".repeat(64)] } as const;
const decisionAt = (seq: number): string => `sites/mola/decisions/0-${seq}.dsse.json`;

function judge(folder: string, ref = "HEAD"): Promise<number | null> {
  const changed = changesSince(folder, ref);
  changed.catch(() => undefined);
  return judgeChangeSince(folder, { ref, changed });
}

describe("what differs between a commit and the folder", () => {
  let repository: TestRepository;
  beforeEach(async () => {
    repository = await makeRepository();
    await repository.commit(base);
  });
  afterEach(() => repository.remove());

  const reset = async (): Promise<void> => {
    await repository.git.raw("reset", "--quiet", "--hard");
    await repository.git.raw("clean", "-ffdxq");
  };

  test("is judged from the changed file and what it refers to, committed or not", async () => {
    const before = (await repository.git.raw("rev-parse", "HEAD")).trim();
    await repository.commit({ [site]: base[site]?.replace("Shop", "Store") ?? "" });
    // The site, its partner, its framework and its appliance.
    expect(await judge(repository.folder, before)).toBe(4);
    await repository.put(site, base[site]?.replace("Shop", "Kiosk") ?? "");
    expect(await judge(repository.folder)).toBe(4);
  });

  test("is nothing when nothing differs", async () => {
    expect(await judge(repository.folder)).toBe(0);
  });

  test("includes files that git ignores or does not know, and links", async () => {
    await repository.put("sites/mola/ignored-a.yaml", "a: 1\n");
    expect(await judge(repository.folder)).toBeNull();
    await reset();
    await repository.put("policies/rules/new.yaml", "a: 1\n");
    expect(await judge(repository.folder)).toBeNull();
    await reset();
    await symlink("/etc", join(repository.folder, "sites/elsewhere"));
    expect(await judge(repository.folder)).toBeNull();
    await reset();
    await repository.put("sites/mola/shop/practice/x.yaml", "a: 1\n");
    await symlink("/etc", join(repository.folder, "sites/mola/shop/practice/etc"));
    await repository.put("sites/README.md", "not ours\n");
    expect(await judge(repository.folder)).toBe(0);
  });

  test("cannot be told from git when git is told to pass over files", async () => {
    for (const flag of ["--skip-worktree", "--assume-unchanged"]) {
      await repository.git.raw("update-index", flag, site);
      await repository.put(site, "broken");
      expect(await judge(repository.folder)).toBeNull();
      await repository.git.raw("update-index", `--no-${flag.slice(2)}`, site);
      await reset();
    }
  });

  test("is looked at within a folder that is not the repository's top", async () => {
    const nested = Object.fromEntries(Object.entries(base).map(([path, text]) => [`below/${path}`, text]));
    await repository.commit(nested);
    await repository.put(`below/${site}`, base[site]?.replace("Shop", "Kiosk") ?? "");
    expect(await judge(join(repository.folder, "below"))).toBe(4);
  });

  test("never seems harmless when a look at all files finds anything", async () => {
    const paths = Object.keys(base).filter((path) => path.endsWith(".yaml"));
    const words = [...new Set(Object.values(base).flatMap((text) => text.match(/[\w./-]+/g) ?? []))];
    const edit = fc.record({
      path: fc.constantFrom(...paths),
      to: fc.option(fc.constantFrom(...paths.map((path) => path.replace(/[a-z]+(?=\.yaml$)/, "other")))),
      at: fc.nat(),
      word: fc.constantFrom(...words),
      isRemoved: fc.boolean(),
      isCommitted: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        await reset();
        const start = (await repository.git.raw("rev-parse", "HEAD")).trim();
        for (const { path, to, at, word, isRemoved, isCommitted } of edits) {
          const found = [...(base[path] ?? "").matchAll(/[\w./-]+/g)];
          const place = found[at % found.length];
          if (place === undefined) continue;
          const text =
            place.input.slice(0, place.index) + word + place.input.slice(place.index + place[0].length);
          if (isRemoved) await rm(join(repository.folder, path), { force: true });
          else await repository.put(to ?? path, text);
          if (isCommitted) await repository.commit({});
        }
        const files = await judge(repository.folder, start);
        expect(files === null ? [] : (await diagnoseFolder(repository.folder)).diagnostics).toEqual([]);
        await repository.git.raw("reset", "--quiet", "--hard", start);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  test("is looked at whole when it bears on signed decisions, which stay as they were", async () => {
    const authority = makeAuthority("01J000000000000000000PAA01");
    const first = await authority.decide(fork);
    const partner = "sites/mola/partner.yaml";
    const pinned = `${base[partner]}  authority:\n    publicKey: ${authority.publicKey}\n`;
    const textOf = ({ bytes }: { readonly bytes: Uint8Array }): string => Buffer.from(bytes).toString("utf8");
    await repository.commit({ [partner]: pinned, [decisionAt(0)]: textOf(first) });
    const before = (await repository.git.raw("rev-parse", "HEAD")).trim();
    const found = async (): Promise<readonly string[]> => {
      expect(await judge(repository.folder, before)).toBeNull();
      const { diagnostics } = await diagnoseFolder(repository.folder, before);
      return diagnostics.map(({ file, code }) => `${file} ${code}`);
    };
    await repository.commit({ [decisionAt(1)]: textOf(await authority.decide(fork, { after: first })) });
    expect(await found()).toEqual([]);
    await repository.put(
      decisionAt(0),
      textOf(await authority.decide({ ...fork, digests: ["3".repeat(64), "4".repeat(64)] })),
    );
    expect(await found()).toEqual([
      `${decisionAt(0)} DECISION_CHANGED`,
      `${decisionAt(1)} DECISION_SEQUENCE`,
    ]);
    await reset();
    await rm(join(repository.folder, decisionAt(0)));
    expect(await found()).toEqual([
      `${decisionAt(0)} DECISION_CHANGED`,
      `${decisionAt(1)} DECISION_SEQUENCE`,
    ]);
    await reset();
    await repository.put(partner, pinned.replace(authority.publicKey, makeAuthority("").publicKey));
    expect(await found()).toEqual([`${decisionAt(0)} DECISION_NOT_CHECKED`]);
  });

  test("does not lose the decisions that the other branch got meanwhile", async () => {
    const { git, folder } = repository;
    await git.raw("checkout", "--quiet", "-b", "feature");
    await repository.commit({ [site]: base[site]?.replace("Shop", "Store") ?? "" });
    await git.raw("checkout", "--quiet", "main");
    const authority = makeAuthority("01J000000000000000000PAA01");
    await repository.commit({
      [decisionAt(0)]: Buffer.from((await authority.decide(fork)).bytes).toString("utf8"),
    });
    await git.raw("checkout", "--quiet", "feature");
    const output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    expect(await validate({ repo: folder, output: "text", changedSince: "main" })).toBe(0);
    output.mockRestore();
  });

  test("needs a commit that is here, and says what to do without one", async () => {
    await repository.commit({ [site]: base[site]?.replace("Shop", "Kiosk") ?? "" });
    await expect(judge(repository.folder, "no-such-branch")).rejects.toMatchObject({
      exit: "usage",
      message: '--changed-since "no-such-branch" names no commit that is here; fetch it first',
    });
    await expect(judge(repository.folder, "--output=/tmp/x")).rejects.toMatchObject({ exit: "usage" });
    const shallow = await mkdtemp(join(tmpdir(), "compline-shallow-"));
    await repository.git.raw("clone", "--quiet", "--depth=1", `file://${repository.folder}`, shallow);
    await expect(judge(shallow, "HEAD~1")).rejects.toMatchObject({
      exit: "usage",
      message: expect.stringContaining(
        "this clone is shallow: fetch more of its history (in GitHub Actions: fetch-depth: 0)",
      ),
    });
    await rm(shallow, { recursive: true });
  });

  test("needs a git repository", async () => {
    const plain = await mkdtemp(join(tmpdir(), "compline-plain-"));
    await writeFile(join(plain, "a"), "");
    await expect(judge(plain)).rejects.toMatchObject({
      exit: "usage",
      message: expect.stringContaining("is in no git repository"),
    });
    await rm(plain, { recursive: true });
  });
});
