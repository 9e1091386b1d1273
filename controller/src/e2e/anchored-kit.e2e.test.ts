import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { encodeZip, readZip } from "@compline/core";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { anchorLogs } from "../anchor/anchor-logs.ts";
import { otsOfBundle } from "../anchor/bundle-ots.ts";
import { easyLimit, LocalCalendar, LocalChain } from "../anchor/testdata/local-calendar.ts";
import { readPrograms } from "../kit/programs.ts";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import type { World } from "../reconcile/reconciler.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { noBrowser, openBrowser } from "./browser.ts";
import { readEvidence } from "./evidence.ts";
import { makeWorkplace, runCompline, startProduct, type Workplace } from "./product.ts";

let workplace: Workplace;
let store: Store;
let origin: string;
/** A bundle of an appliance: its place among all that is kept, and in the log. */
let place: { readonly position: number; readonly leaf: number };
/** An auditor's folder: the kit, the product's programs in `product/`, and those that accept easy blocks in `easy/`. */
const folder = mkdtempSync(join(tmpdir(), "compline-anchored-"));
const chain = new LocalChain();
type Programs = "easy" | "product";

beforeAll(async () => {
  workplace = await makeWorkplace();
  await makeEvidence();
  store = openSqliteStore(join(workplace.state, "controller/compline.db"), "write");
  await anchor();
  const made = await runCompline(kitCommand());
  expect(made).toMatchObject({ code: 0, stderr: "" });
  buildEasyPrograms();
  mkdirSync(join(folder, "product"));
  for (const { path, bytes } of await readPrograms()) writeFileSync(join(folder, "product", path), bytes);
}, 300_000);

afterAll(async () => {
  await store.close();
  workplace.remove();
  rmSync(folder, { recursive: true });
});

function buildEasyPrograms(): void {
  const program = join(import.meta.dirname, "../../../.ci/easy-verifiers.mjs");
  const { status, stderr } = spawnSync(process.execPath, [program, join(folder, "easy"), `${easyLimit()}`], {
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}

/** Runs the product until a checkpoint covers a bundle of an appliance. */
async function makeEvidence(): Promise<void> {
  const product = await startProduct(workplace);
  const evidence = await readEvidence(workplace.state);
  const { position } = await evidence.next(0, (observation) => observation);
  await evidence.close();
  origin = readFileSync(join(workplace.state, "authority/log-origin"), "utf8").trim();
  const kept = openSqliteStore(join(workplace.state, "controller/compline.db"), "read");
  const size = await kept.logSizeAt(origin, position);
  await vi.waitUntil(async () => ((await kept.checkpoint(origin))?.size ?? 0) >= size, { timeout: 30_000 });
  place = { position, leaf: size - 1 };
  await kept.close();
  await product.stop();
}

/** Stamps the newest checkpoint at two calendars, and confirms it when there is a block. */
async function anchor(): Promise<void> {
  const calendars = [await LocalCalendar.start(chain), await LocalCalendar.start(chain)];
  const anchors = { calendars: calendars.map(({ url }, at) => ({ url, operator: `operator ${at}` })) };
  const graph = { partners: new Map([["demo", { document: { spec: { log: { origin }, anchors } } }]]) };
  const ending = new AbortController();
  let nowMs = Date.now();
  let rounds = 0;
  await anchorLogs({
    config: { bitcoin: { by: "explorer", url: `${calendars[0]?.url}/explorer` } },
    store,
    clock: () => nowMs,
    world: () => ({ partners: [{ name: "demo", graph }] }) as unknown as World,
    changed: () => undefined,
    powLimit: easyLimit,
    pace: {
      everyMs: 1,
      longestMs: 1,
      log: createLog("silent"),
      metrics: createMetrics(),
      signal: ending.signal,
      sleep: async () => {
        for (const one of calendars) one.confirm();
        nowMs += 600_000;
        if (++rounds === 2) ending.abort();
      },
    },
  });
  await Promise.all(calendars.map((one) => one.close()));
}

function kitCommand(): readonly string[] {
  const [from, to] = [Date.now() - 86_400_000, Date.now()].map((ms) => new Date(ms).toISOString());
  const flags = { site: "tidewell-clinic", from, to, repo: workplace.repo, state: workplace.state };
  const out = join(folder, "kit.zip");
  return ["kit", ...Object.entries({ ...flags, out }).flatMap(([name, value]) => [`--${name}`, `${value}`])];
}

/** The anchor as it is kept, and when its block was made. */
async function keptAnchor(): Promise<{ size: number; height: number; at: string }> {
  const [kept] = await store.anchors(origin, ["confirmed"]);
  if (kept?.confirmation == null) throw new Error("the checkpoint was not confirmed");
  const { header, height } = kept.confirmation;
  const timeS = Buffer.from(header).readUInt32LE(68);
  return { size: kept.size, height, at: new Date(timeS * 1000).toISOString() };
}

function verifyAlone(programs: Programs, kit: string) {
  const program = join(folder, programs, "verify.mjs");
  const ran = spawnSync(process.execPath, [program, kit, "--json"], { cwd: folder, encoding: "utf8" });
  return { status: ran.status, result: JSON.parse(ran.stdout) };
}

/** The kit packed anew around one changed bit. */
function bend(path: string): string {
  const read = readZip(readFileSync(join(folder, "kit.zip")));
  if (!read.ok) throw new Error(read.message);
  const bent = read.files.map((file) => {
    const at = file.bytes.length >> 1;
    return file.path === path ? { path, bytes: file.bytes.with(at, (file.bytes[at] ?? 0) ^ 1) } : file;
  });
  expect(bent).not.toEqual(read.files);
  writeFileSync(join(folder, "bent.zip"), encodeZip(bent));
  return "bent.zip";
}

/** Places of the ZIP's own bytes, by what is there: of the first file, in the middle of all, of the list and of the end. */
function placesOfZip(zip: Buffer): ReadonlyMap<string, number> {
  const end = zip.length - 22;
  const list = zip.readUInt32LE(end + 16);
  return new Map([
    ["the first signature", 0],
    ["a flag", 6],
    ["a method", 8],
    ["a time", 10],
    ["a check sum", 14],
    ["a name", 30],
    ["what is in a file", list >> 1],
    ["the list", list],
    ["who made it", list + 5],
    ["a size in the list", list + 24],
    ["an attribute", list + 38],
    ["an offset", list + 42],
    ["the end", end],
    ["the number of files", end + 10],
    ["where the list is", end + 16],
    ["the comment", end + 21],
  ]);
}

/** The kit with one bit of its own bytes changed. */
function bendZip(at: number): string {
  const zip = readFileSync(join(folder, "kit.zip"));
  writeFileSync(join(folder, "bent.zip"), Buffer.from(zip.with(at, (zip[at] ?? 0) ^ 4)));
  return "bent.zip";
}

/** The timestamp and the header. */
function anchorPaths(): readonly string[] {
  const read = readZip(readFileSync(join(folder, "kit.zip")));
  if (!read.ok) throw new Error(read.message);
  const paths = read.files.map(({ path }) => path).filter((path) => /\.ots$|headers\.bin$/.test(path));
  expect(paths).toHaveLength(2);
  return paths;
}

describe("a kit of the demo whose log is anchored", () => {
  it("is verified by verify.mjs, which says by which block and since when", async () => {
    const { status, result } = verifyAlone("easy", "kit.zip");
    expect([status, result.failures]).toEqual([0, []]);
    expect(result.checked.anchors).toEqual([{ ...(await keptAnchor()), pinned: false }]);
    expect(result.checked.log.logged).toBe(result.checked.bundles);
    expect(result.unchecked.map(({ code }: { code: string }) => code)).not.toContain("NOT_ANCHORED");
  });

  it("is refused for its little work by the product's own verify.mjs", () => {
    const { result } = verifyAlone("product", "kit.zip");
    expect(result.checked.anchors).toEqual([]);
    expect(JSON.stringify(result)).toContain('"NO_WORK"');
  });

  it("with one bit changed is found, and the file is named", () => {
    for (const path of anchorPaths()) {
      const { status, result } = verifyAlone("easy", bend(path));
      expect(status).toBe(4);
      expect(result.failures).toContainEqual(expect.objectContaining({ code: "CHANGED_FILE", file: path }));
    }
  });
});

describe("the ZIP of the kit", () => {
  it("with one bit changed at any place is found, whatever is there", () => {
    for (const [what, at] of placesOfZip(readFileSync(join(folder, "kit.zip")))) {
      const { status, result } = verifyAlone("easy", bendZip(at));
      expect([what, status, result.outcome, result.failures.length]).toEqual([what, 4, "failed", 1]);
      expect(result.failures[0].code).toMatch(/^ZIP_|^CHANGED_FILE$/);
    }
  });
});

describe.skipIf(noBrowser !== null)("verify.html, from disk and without a network", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function verifyInBrowser(programs: Programs, kit: string): Promise<string> {
    const context = await browser.newContext();
    await context.setOffline(true);
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, programs, "verify.html")).href);
    await page.setInputFiles("#kit", join(folder, kit));
    await page.waitForSelector(".verdict-line");
    const text = await page.locator("#result").innerText();
    await context.close();
    return text;
  }

  it("says by which block the bundles are anchored and since when", async () => {
    const { size, height, at } = await keptAnchor();
    const text = await verifyInBrowser("easy", "kit.zip");
    expect(text).toMatch(/Verified: \d+ bundles/);
    expect(text).toContain(`the first ${size} entries of the log existed by ${at}: Bitcoin block ${height}`);
  });

  it("of the product refuses the block for its little work", async () => {
    expect(await verifyInBrowser("product", "kit.zip")).toContain("NO_WORK");
  });

  it("finds one bit changed in the ZIP itself", async () => {
    const places = placesOfZip(readFileSync(join(folder, "kit.zip")));
    for (const what of ["a time", "what is in a file", "an attribute", "the comment"])
      expect(await verifyInBrowser("easy", bendZip(places.get(what) ?? 0))).toMatch(/ZIP_|CHANGED_FILE/);
  });

  it("finds a changed bit and names the file", async () => {
    for (const path of anchorPaths())
      expect(await verifyInBrowser("easy", bend(path))).toContain(`CHANGED_FILE ${path}`);
  });
});

const library = "/usr/lib/python3/dist-packages/opentimestamps/__init__.py";
const without = existsSync(library) ? "" : " (skipped, python3-opentimestamps is not installed)";
const script = `
import sys
from opentimestamps.core.timestamp import DetachedTimestampFile
from opentimestamps.core.serialize import BytesDeserializationContext
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation
stamp = DetachedTimestampFile.deserialize(BytesDeserializationContext(bytes.fromhex(sys.argv[1])))
print(stamp.file_digest.hex())
for m, a in stamp.timestamp.all_attestations():
    if isinstance(a, BitcoinBlockHeaderAttestation): print(a.height, m.hex())
`;

it.skipIf(without !== "")(
  `a bundle's .ots leads the reference implementation to the block${without}`,
  async () => {
    const { position, leaf } = place;
    const [digest = ""] = await store.logLeaves(origin, leaf, leaf + 1);
    expect((await store.bundle(digest))?.position).toBe(position);
    const ots = await otsOfBundle({ digest, log: origin, leaf }, store);
    const hex = Buffer.from(ots ?? []).toString("hex");
    const ran = spawnSync("/usr/bin/python3", ["-c", script, hex], { encoding: "utf8" });
    const { height } = await keptAnchor();
    const root = Buffer.from(chain.headers[height - 1]?.subarray(36, 68) ?? []).toString("hex");
    expect([ran.stderr, ran.stdout.split("\n")[0]]).toEqual(["", digest]);
    expect(ran.stdout).toContain(`${height} ${root}`);
  },
);
