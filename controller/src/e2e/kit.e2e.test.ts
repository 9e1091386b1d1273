import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { encodeZip, type EvidenceFile, readZip, verifyKit } from "@compline/core";
import { nodeEngine } from "../crypto.ts";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readPrograms } from "../kit/programs.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { noBrowser, openBrowser } from "./browser.ts";
import { makeWorkplace, runCompline, type Running, startProduct, type Workplace } from "./product.ts";

let workplace: Workplace;
let product: Running;
/** An auditor's folder: the kit and the two programs, nothing else. */
let folder: string;
let made: Awaited<ReturnType<typeof runCompline>>;

/** Up to when the product ran: of a period that has ended a kit is always the same. */
let period: { readonly from: string; readonly to: string };

beforeAll(async () => {
  workplace = await makeWorkplace();
  product = await startProduct(workplace);
  await healOnce();
  folder = mkdtempSync(join(tmpdir(), "compline-auditor-"));
  const now = Date.now();
  period = { from: new Date(now - 86_400_000).toISOString(), to: new Date(now).toISOString() };
  made = await makeKit("kit.zip");
  for (const { path, bytes } of await readPrograms()) writeFileSync(join(folder, path), bytes);
});

afterAll(async () => {
  await product.stop();
  workplace.remove();
  rmSync(folder, { recursive: true });
});

/** Something is broken and healed; the transcript of that is there, and a checkpoint covers the bundle that names it. */
async function healOnce(): Promise<void> {
  const where = ["--repo", workplace.repo, "--state", workplace.state];
  const { stdout } = await runCompline(["demo", "break", "sshd-root-login", ...where]);
  const digest = /\/bundles\/([0-9a-f]{64})\//.exec(stdout)?.[1] ?? "";
  const store = openSqliteStore(join(workplace.state, "controller/compline.db"), "read");
  await vi.waitUntil(
    async () => {
      const bundle = await store.bundle(digest);
      const covered = (await store.checkpoint(bundle?.log ?? ""))?.size ?? 0;
      return (await store.attachmentsOf(digest)).length === 1 && covered > (bundle?.leaf ?? covered);
    },
    { timeout: 20_000 },
  );
  await store.close();
}

function makeKit(name: string): ReturnType<typeof runCompline> {
  const where = ["--repo", workplace.repo, "--state", workplace.state];
  return runCompline([
    "kit",
    "--site",
    "tidewell-clinic",
    "--from",
    period.from,
    "--to",
    period.to,
    ...where,
    "--out",
    join(folder, name),
  ]);
}

/** The cookie of a browser that followed the printed address. */
async function signIn(): Promise<string> {
  const answer = await fetch(product.link);
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

async function kitFromApi(cookie: string): Promise<Buffer> {
  const query = new URLSearchParams(period);
  const answer = await fetch(`${product.url}/v1/sites/tidewell-clinic/kit?${query.toString()}`, {
    headers: { cookie },
  });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
  return Buffer.from(await answer.arrayBuffer());
}

/** Runs `verify.mjs` where no package is. */
function verifyAlone(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(folder, "verify.mjs"), ...args], {
    cwd: folder,
    encoding: "utf8",
  });
}

describe("a kit of the demo", () => {
  it("is made, and not written over another file", async () => {
    expect(made).toMatchObject({ code: 0, stderr: "" });
    const again = await makeKit("kit.zip");
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("is there already");
  });

  it("is the same from the API, byte for byte", async () => {
    const cookie = await signIn();
    // The log of a running product may grow in between: then the next three are compared.
    await expect
      .poll(
        async () => {
          const before = await kitFromApi(cookie);
          const name = `kit-${performance.now()}.zip`;
          await makeKit(name);
          const command = readFileSync(join(folder, name));
          const after = await kitFromApi(cookie);
          return before.equals(after) && before.equals(command);
        },
        { timeout: 60_000 },
      )
      .toBe(true);
  });

  it("is verified by the command and by verify.mjs, with its log", async () => {
    const command = await runCompline(["verify", join(folder, "kit.zip"), "-o", "json"]);
    const alone = verifyAlone("kit.zip", "--json");
    expect([command.code, alone.status]).toEqual([0, 0]);
    const [byCommand, byFile] = [JSON.parse(command.stdout), JSON.parse(alone.stdout)];
    expect(byFile.checked).toEqual(byCommand.checked);
    expect(byFile.failures).toEqual([]);
    expect(byFile.checked.log.logged).toBe(byFile.checked.bundles);
    expect(byFile.checked.bundles).toBeGreaterThan(0);
    expect(byFile.checked.policy.assignments).toBe(byFile.checked.assignments);
    expect(byFile.checked.policy.files).toBeGreaterThan(100);
    expect(byFile.checked.attachments).toBeGreaterThan(0);
  });

  it("says first which trust file judged, and where it came from", () => {
    const { trust } = JSON.parse(verifyAlone("kit.zip", "--json").stdout);
    const [first, second] = verifyAlone("kit.zip").stdout.split("\n");
    expect(first).toBe(`Trust file ${trust.fingerprint}`);
    expect(second).toContain("Trust given by the evidence itself");
  });

  it("is held against a trust file from elsewhere", async () => {
    const read = readZip(readFileSync(join(folder, "kit.zip")));
    const trust = read.ok ? read.files.find(({ path }) => path === "trust.json") : undefined;
    const own = JSON.parse(new TextDecoder().decode(trust?.bytes));
    writeFileSync(join(folder, "own.json"), JSON.stringify({ ...own, keys: own.keys.slice(1) }));
    const swapped = verifyAlone("kit.zip", "--trust", "own.json");
    expect(swapped.status).toBe(4);
    expect(swapped.stdout).toContain("TRUST_SWAPPED");
  });

  it("says what it needs", () => {
    expect(verifyAlone()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Needs Node 22 or newer"),
    });
    expect(verifyAlone("nothing.zip").status).toBe(3);
  });
});

/** One file of each folder of the kit, and every file beside them: a process for each of hundreds takes minutes. */
function oneOfEach(files: readonly EvidenceFile[]): readonly EvidenceFile[] {
  return [
    ...new Map(
      files.map((file) => [file.path.split("/").slice(0, -1).join("/") || file.path, file]),
    ).values(),
  ].filter(({ path }) => !path.startsWith("policy/") || path.endsWith("/site.yaml"));
}

function filesOfKit(): readonly EvidenceFile[] {
  const read = readZip(readFileSync(join(folder, "kit.zip")));
  if (!read.ok) throw new Error(read.message);
  return read.files;
}

describe("one bit of a kit", () => {
  it("changed in any file is found, and the file is named", async () => {
    const zip = readFileSync(join(folder, "kit.zip"));
    const read = readZip(zip);
    if (!read.ok) throw new Error(read.message);
    for (const [at, { path, bytes }] of read.files.entries()) {
      const result = await verifyKit(bend(zip, bytes, at), { engine: nodeEngine(), trust: null });
      expect(result.failures).toMatchObject([{ code: "CHANGED_FILE", file: path }]);
    }
    const [first] = read.files;
    writeFileSync(join(folder, "bent.zip"), bend(zip, first?.bytes ?? zip, 1));
    const alone = verifyAlone("bent.zip", "--json");
    expect(alone.status).toBe(4);
    expect(JSON.parse(alone.stdout).failures).toMatchObject([{ code: "CHANGED_FILE", file: first?.path }]);
  });

  it("is found also by whoever packs the ZIP anew around it", () => {
    const all = filesOfKit();
    for (const { path, bytes } of oneOfEach(all).filter(({ path: name }) => name !== "kit.json")) {
      const bent = bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1);
      const files = all.map((file) => (file.path === path ? { path, bytes: bent } : file));
      writeFileSync(join(folder, "bent.zip"), encodeZip(files));
      const { outcome, failures } = JSON.parse(verifyAlone("bent.zip", "--json").stdout);
      expect(outcome).toBe("failed");
      expect(failures).toContainEqual(expect.objectContaining({ code: "CHANGED_FILE", file: path }));
    }
  });
});

/** The ZIP with one bit of one file changed. */
function bend(zip: Buffer, bytes: Uint8Array, at: number): Uint8Array {
  const place = bytes.byteOffset - zip.byteOffset + ((at * 7919) % bytes.length); // files are views of the ZIP
  return Uint8Array.from(zip).with(place, (zip[place] ?? 0) ^ (1 << (at % 8)));
}

describe.skipIf(noBrowser !== null)("verify.html, from disk and without a network", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function verifyInBrowser(kit: string): Promise<string> {
    const context = await browser.newContext();
    await context.setOffline(true);
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, "verify.html")).href);
    await page.setInputFiles("#kit", join(folder, kit));
    await page.waitForSelector(".verdict-line");
    const text = await page.locator("#result").innerText();
    await context.close();
    return text;
  }

  it("verifies the kit, and names the trust file first", async () => {
    const text = await verifyInBrowser("kit.zip");
    const { trust } = JSON.parse(verifyAlone("kit.zip", "--json").stdout);
    expect(text).toMatch(new RegExp(`^Trust file\\s+${trust.fingerprint}`));
    expect(text).toMatch(/Verified: \d+ bundles were signed by keys/);
    expect(text).toContain('"Tidewell Clinic" of ');
    expect(text).toContain("as the reviewed files behind its assignments call them");
    expect(text).toContain("Log");
  });

  it("takes kits and a trust file that are dropped together", async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, "verify.html")).href);
    const files = ["kit.zip", "kit.zip", "own.json"].map((name) => ({
      name,
      base64: readFileSync(join(folder, name), "base64"),
    }));
    await page.evaluate(`(${DROP})(${JSON.stringify(files)})`);
    await page.waitForSelector(".verdict-line");
    const text = await page.locator("#result").innerText();
    await page.close();
    expect(text).toContain("2 of 2 kits have something wrong in them");
    expect(text).toContain("Held against each other");
    expect(text.match(/TRUST_SWAPPED/g)).toHaveLength(2);
    expect(text).toContain("Kit 2: kit.zip");
  });

  it("finds a changed bit and names the file", async () => {
    const zip = readFileSync(join(folder, "kit.zip"));
    const read = readZip(zip); // its files are views of these very bytes
    const entries = read.ok ? read.files.find(({ path }) => path === "log/entries") : undefined;
    writeFileSync(join(folder, "bent.zip"), bend(zip, entries?.bytes ?? zip, 3));
    const text = await verifyInBrowser("bent.zip");
    expect(text).toContain("Not verified");
    expect(text).toContain("CHANGED_FILE log/entries");
  });
});

/** Runs in the page: drops files as somebody who drags them there. */
const DROP = `(files) => {
  const dataTransfer = new DataTransfer();
  for (const { name, base64 } of files)
    dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
  document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
}`;
