import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const program = join(root, "controller/bin/compline.mjs");
const AT_ONCE = 4;

interface Expected {
  readonly name: string;
  readonly codes: readonly string[];
  readonly period: { readonly from: string | null; readonly to: string | null };
}

interface HostileCase extends Expected {
  readonly folder: string;
}

let folder: string;
let cases: readonly HostileCase[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-hostile-"));
  const written = spawnSync(process.execPath, [join(root, ".ci/write-cases.mjs"), folder], {
    encoding: "utf8",
  });
  expect(written.stderr).toBe("");
  cases = readdirSync(folder).map((name) => {
    const expected: Expected = JSON.parse(readFileSync(join(folder, name, "expected.json"), "utf8"));
    return { ...expected, folder: join(folder, name) };
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("compline verify", () => {
  it("finds in a forged export exactly what is wrong, and nothing in an honest one", async () => {
    // A period is asked for by kit.json alone, which these exports do not have.
    const whole = cases.filter(({ period }) => period.from === null && period.to === null);
    // A process takes a third of a second, so one export is asked for each list of findings.
    const asked = [...new Map(whole.map((one) => [one.codes.join(" "), one])).values()];
    expect(asked.length).toBeGreaterThan(40);
    const found = await inTurns(asked, async (one) => [one.name, await verify(one)] as const);
    const expected = asked.map(({ name, codes }) => [name, { codes, exit: codes.length > 0 ? 4 : 0 }]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  }, 300_000);
});

interface Found {
  readonly codes: readonly string[];
  readonly exit: number;
}

/** The codes of level fail and incomplete that the program prints, and how it exits. */
function verify({ folder: made }: HostileCase): Promise<Found> {
  const trust = join(made, "trust.json");
  const given = existsSync(trust) ? ["--trust", trust] : [];
  const args = [program, "verify", join(made, "kit"), "--strict", "--output", "json", ...given];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : Number(error.code);
      try {
        resolve({ codes: weightyCodes(stdout), exit });
      } catch {
        reject(new Error(`${made} ended with ${exit}: ${stderr}`));
      }
    });
  });
}

interface PrintedVerification {
  readonly failures: readonly { readonly code: string }[];
  readonly unchecked: readonly { readonly code: string; readonly level: string }[];
}

function weightyCodes(stdout: string): readonly string[] {
  const { failures, unchecked }: PrintedVerification = JSON.parse(stdout);
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  return [...failures, ...incomplete].map(({ code }) => code).toSorted();
}

/** A few at a time, in order. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    for (const [at, item] of waiting) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
