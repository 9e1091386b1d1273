import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { CheckSpec, DrillSpec, RuleSpec, RunbookSpec, Step } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { firstNeeds, parseFacts } from "../facts/parse.ts";
import type { Facts, Needs, RawFile } from "../facts/raw-file.ts";
import { hasWildcard, matchesGlob } from "../facts/wildcard.ts";
import { evaluateCheck, ruleApplies } from "../judge/evaluate.ts";
import type { Evaluation } from "../judge/evaluate.ts";
import { applyFileStep, stepKind, stepPath } from "./step.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const practice = join(repository, "sites/lanternfish/tidewell-clinic/practice/front-desk");

const practiceHost = { practice: true, at: Date.UTC(2026, 10, 25) };

interface PracticeFile {
  /** Null for a folder. */
  text: string | null;
  mode: number;
}

const folderBit = 0o040000;
const fileBit = 0o100000;

/** A practice host in memory: what the agent's local transport does to the copied tree. */
class PracticeHost {
  readonly files = new Map<string, PracticeFile>();

  constructor() {
    const root = join(practice, "files");
    const modes = JSON.parse(readFileSync(join(practice, "modes.json"), "utf8")) as Record<string, string>;
    for (const path of walk(root)) {
      const name = relative(root, path);
      const folder = statSync(path).isDirectory();
      const mode = Number.parseInt(modes[name] ?? (folder ? "0755" : "0644"), 8);
      this.files.set(`/${name}`, { text: folder ? null : readFileSync(path, "utf8"), mode });
    }
  }

  collect(needs: Needs): RawFile[] {
    const globs = needs.globs.flatMap((glob) => {
      const files = [...this.files].filter(([, { text }]) => text !== null);
      const matches = files.map(([path]) => path).filter((path) => matchesGlob(glob, path));
      return [row(glob, undefined, matches.length > 0), ...matches.map((path) => this.#row(path))];
    });
    return [...globs, ...[...needs.paths, ...needs.modes].map((path) => this.#row(path))];
  }

  facts(check: CheckSpec): Facts {
    const rows = this.collect(firstNeeds(check, practiceHost));
    for (let round = 0; round < 16; round += 1) {
      const result = parseFacts(check, { files: rows, outputs: [] }, practiceHost);
      if (result.kind === "facts") return result.facts;
      if (result.kind !== "need") throw new Error(result.reason);
      rows.push(...this.collect(result.needs));
    }
    throw new Error("no end of needs");
  }

  judge(check: CheckSpec): Evaluation {
    return evaluateCheck(check, this.facts(check));
  }

  apply(steps: readonly Step[]): void {
    for (const step of steps.filter((step) => stepKind(step) !== "reload")) {
      const path = stepPath(step) ?? "";
      const before = this.files.get(path);
      const change = applyFileStep(step, { text: before?.text ?? null, mode: before?.mode ?? null });
      if (!change.ok) throw new Error(`${change.reason} ${path}`);
      if (change.mode === null) continue;
      this.files.set(path, { text: change.text ?? before?.text ?? null, mode: change.mode });
    }
  }

  #row(path: string): RawFile {
    return row(path, this.files.get(path), this.files.has(path));
  }
}

function row(path: string, file: PracticeFile | undefined, found: boolean): RawFile {
  const mode = file === undefined ? null : (file.text === null ? folderBit : fileBit) | file.mode;
  return { path, found, text: file?.text ?? null, mode, uid: 0, gid: 0, modifiedAt: null, error: null };
}

function walk(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? [path, ...walk(path)] : [path]));
}

function specs<T>(folder: string, suffix: RegExp): Map<string, T> {
  const names = readdirSync(join(repository, folder)).filter((name) => suffix.test(name));
  return new Map(
    names.map((name) => {
      const document = parse(readFileSync(join(repository, folder, name), "utf8")) as {
        metadata: { name: string };
        spec: T;
      };
      return [document.metadata.name, document.spec];
    }),
  );
}

const checks = specs<CheckSpec>("policies/checks/linux", /\.yaml$/);
const rules = specs<RuleSpec>("policies/rules", /\.yaml$/);
const runbooks = specs<RunbookSpec>("runbooks/linux", /^[^.]+\.yaml$/);
const drills = specs<DrillSpec>("runbooks/linux", /\.drill\.yaml$/);

function need<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`no ${name}`);
  return value;
}

/** What asks a program, systemd, the kernel or the times of files has nothing to ask there: only a real host shows that these work. */
function asksMore({ collect, parse: way }: CheckSpec): boolean {
  const askers = ["program", "service", "package", "sysctl"];
  return way === "age" || Object.keys(collect).some((name) => askers.includes(name));
}

describe("the practice host as it is shipped", () => {
  const failing = ["password-max-age", "shell-idle-timeout"];
  const names = [...checks.keys()];

  test.each(names.filter((name) => !asksMore(need(checks, name))))(
    "%s starts as the README of the tree says",
    (name) => {
      const evaluation = new PracticeHost().judge(need(checks, name));
      expect(evaluation.verdict).toBe(failing.includes(name) ? "fail" : "pass");
    },
  );

  test.each(names.filter((name) => asksMore(need(checks, name))))("%s does not apply to it", (name) => {
    const check = need(checks, name);
    const files = new PracticeHost().collect(firstNeeds(check, practiceHost));
    expect(parseFacts(check, { files, outputs: [] }, practiceHost)).toEqual({
      kind: "not_applicable",
      reason: "PRACTICE_HOST",
    });
  });

  test("both failures are healed by the first run of their rules", () => {
    const host = new PracticeHost();
    for (const name of failing) {
      const rule = need(rules, name);
      host.apply(need(runbooks, rule.runbook).steps);
      expect(host.judge(need(checks, name)).verdict).toBe("pass");
    }
  });
});

test("every check has a drill, and a rule with its runbook or says why a person acts instead", () => {
  const healed = [...checks].filter(([, { byHand }]) => byHand === undefined).map(([name]) => name);
  const drilled = [...drills.values()].map(({ check }) => check);
  expect([...rules.values()].map((rule) => rule.check).toSorted()).toEqual(healed.toSorted());
  expect(drilled).toEqual(expect.arrayContaining([...checks.keys()]));
  expect([...drills.keys()]).toEqual(expect.arrayContaining([...runbooks.keys()]));
});

describe("a drill", () => {
  const played = [...drills].filter(([, { check, prepare = [], break: steps }]) => {
    const isFile = (step: Step): boolean => !["run", "service"].includes(stepKind(step));
    return !asksMore(need(checks, check)) && [...prepare, ...steps].every(isFile);
  });
  const isHealed = ([, { check }]: readonly [string, DrillSpec]) => need(checks, check).byHand === undefined;

  test.each(played)("%s breaks a host that was never healed before", (_, drill) => {
    const host = new PracticeHost();
    host.apply([...(drill.prepare ?? []), ...drill.break]);
    const broken = host.judge(need(checks, drill.check));
    expect(broken.verdict).toBe("fail");
    expect(broken.observed).toMatchObject(drill.expect.observed ?? {});
  });

  test.each(played.filter(([, { prepare }]) => prepare !== undefined))(
    "%s breaks what its preparation made pass",
    (_, drill) => {
      const host = new PracticeHost();
      host.apply(drill.prepare ?? []);
      expect(host.judge(need(checks, drill.check)).verdict).toBe("pass");
    },
  );

  test.each(played.filter(isHealed))("%s is healed by the rule's runbook, again and again", (_, drill) => {
    const check = need(checks, drill.check);
    const rule = [...rules.values()].find((candidate) => candidate.check === drill.check);
    const runbook = need(runbooks, rule?.runbook ?? "");
    const host = new PracticeHost();
    host.apply(runbook.steps);
    for (let turn = 0; turn < 3; turn += 1) {
      host.apply(drill.break);
      expect(host.judge(check).verdict).toBe("fail");
      expect(rule !== undefined && ruleApplies(rule, host.facts(check))).toBe(true);
      host.apply(runbook.steps);
      expect(host.judge(check).verdict).toBe("pass");
    }
  });

  test("breaks nothing that is left broken: what its steps do beyond files is put back by others", () => {
    for (const [name, { prepare = [], break: steps, restore }] of drills) {
      const beyond = [...prepare, ...steps].some((step) => stepKind(step) === "run");
      expect([name, beyond && restore === undefined]).toEqual([name, false]);
    }
  });
});

test("no shipped glob holds a wildcard outside its last component", () => {
  for (const check of checks.values()) {
    for (const glob of firstNeeds(check, practiceHost).globs) {
      expect(hasWildcard(glob.slice(0, glob.lastIndexOf("/")))).toBe(false);
    }
  }
});
