import { createHash, generateKeyPairSync } from "node:crypto";
import {
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
  isObservation,
  readEnvelope,
  readTranscript,
  type Score,
  sha256Hex,
  type SiteView,
} from "@compline/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { noBrowser, openBrowser } from "./browser.ts";
import { readKey, resign, saysFail, withFailsHidden, withPrev } from "./forge.ts";
import {
  git,
  type Running,
  type Workplace,
  makeWorkplace,
  processesNaming,
  runCompline,
  startProduct,
} from "./product.ts";

let workplace: Workplace;
let product: Running;
let broken: Awaited<ReturnType<typeof runCompline>>;

beforeAll(async () => {
  workplace = await makeWorkplace("all");
  product = await startProduct(workplace);
  broken = await runCompline(["demo", "break", "sshd-root-login", ...where()]);
});

afterAll(async () => {
  await product.stop();
  workplace.remove();
});

function where(): string[] {
  return ["--repo", workplace.repo, "--state", workplace.state];
}

describe("breaking the practice host", () => {
  it("is seen, healed, checked again and shown, and the command says when", () => {
    expect(broken.stderr).toBe("");
    expect(broken.code).toBe(0);
    expect(broken.stdout).toContain("fail seen and signed");
    expect(broken.stdout).toContain("configured, not reloaded");
    expect(broken.stdout).toMatch(/Break to visible heal: \d+\.\d s/);
  });

  it("leaves the healed setting in the practice host's files", () => {
    const folder = join(workplace.state, "appliances/tidewell-box/practice/front-desk/etc/ssh/sshd_config.d");
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    expect(texts.join("\n")).toMatch(/^PermitRootLogin no$/m);
  });
});

describe.skipIf(noBrowser !== null)(
  `in a browser${noBrowser === null ? "" : ` (skipped: ${noBrowser})`}`,
  () => {
    let browser: Browser;
    let page: Page;
    const problems: string[] = [];

    beforeAll(async () => {
      browser = await openBrowser();
      page = await browser.newPage();
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") problems.push(message.text());
      });
      await page.goto(product.link, { waitUntil: "networkidle" });
      await page.waitForURL(`${product.url}/`);
    });

    afterAll(() => browser.close());

    it("refuses a reader who did not open the printed address", async () => {
      const stranger = await browser.newContext();
      const response = await (await stranger.newPage()).goto(`${product.url}/sites/tidewell-clinic/`);
      expect(response?.status()).toBe(401);
      await stranger.close();
    });

    it("shows the heal with before and after on the site's page", async () => {
      await page.goto(`${product.url}/sites/tidewell-clinic/`);
      const text = await page.innerText("main");
      expect(text).toMatch(/Root cannot log in over SSH/);
      expect(text).toMatch(/configured, not reloaded/i);
      expect(text).toMatch(/as of/i);
      expect(text).toMatch(/looked at by this product/);
    });

    it("shows the failure as it was signed before the heal began", async () => {
      await page.goto(`${product.url}/sites/tidewell-clinic/`);
      const row = page.getByRole("row").filter({ hasText: "Root cannot log in over SSH" });
      await row
        .getByRole("link", { name: /^Bundle before it/ })
        .first()
        .click();
      await page.waitForURL(/\/bundles\//);
      const text = await page.innerText("main");
      expect(text).toMatch(/Fail\s+Root cannot log in over SSH/);
      expect(text).toMatch(/permit root login:\s*yes/i);
    });

    it("verifies the bundle that proves the heal, in the reader's browser", async () => {
      const digest = /\/bundles\/([0-9a-f]{64})\//.exec(broken.stdout)?.[1];
      await page.goto(`${product.url}/bundles/${digest}/`);
      await page.getByRole("link", { name: "Verify in this browser" }).click();
      await page.waitForURL(/\/verify\//);
      await page
        .getByText(/nothing that was checked failed|Verified/i)
        .first()
        .waitFor({ timeout: 20_000 });
      expect(await page.innerText("main")).not.toMatch(/BAD_|FAILED/);
    });

    it("meets no refused script, style or request on the way", () => {
      expect(problems).toEqual([]);
    });
  },
);

describe("what the heal did on the host", () => {
  it("is attached to the bundle that reports it, and given to whoever is signed in", async () => {
    const digest = /\/bundles\/([0-9a-f]{64})\//.exec(broken.stdout)?.[1] ?? "";
    const cookie = await signIn();
    const bundle = await fetch(`${product.url}/v1/evidence/${digest}`, { headers: { cookie } });
    const read = readEnvelope(await bundle.bytes());
    if (!read.ok || !isObservation(read.statement.predicate)) throw new Error("no observation");
    const [attachment] = read.statement.predicate.attachments;
    const url = `${product.url}/v1/attachments/${attachment?.digest}`;
    await vi.waitUntil(async () => (await fetch(url, { headers: { cookie } })).ok, { timeout: 10_000 });
    const bytes = await (await fetch(url, { headers: { cookie } })).bytes();
    expect([bytes.length, sha256Hex(bytes)]).toEqual([attachment?.size, attachment?.digest]);
    const steps = readTranscript(bytes)?.steps.map(({ step, outcome }) => `${step} ${outcome}`);
    expect(steps).toContain("reload ssh skipped");
    expect((await fetch(url)).status).toBe(401);
  });
});

async function signIn(): Promise<string> {
  const { stdout } = await runCompline(["status", "--link", ...where()]);
  const entered = await fetch(stdout.trim(), { redirect: "manual" });
  return (entered.headers.getSetCookie()[0] ?? "").split(";")[0] ?? "";
}

describe("a site's status", () => {
  it("is the same number on the command line, in the API and in the portal", async () => {
    const cookie = await signIn();
    const read = async (path: string): Promise<string> =>
      await (await fetch(`${product.url}${path}`, { headers: { cookie } })).text();
    const clinic = (text: string): Told =>
      JSON.parse(text).sites.find(({ name }: { name: string }) => name === "tidewell-clinic");
    // A verdict may change between two looks; soon it does not.
    await vi.waitFor(
      async () => {
        const told = clinic((await runCompline(["status", "-o", "json", ...where()])).stdout);
        const served = clinic(await read("/v1/sites"));
        const hipaa = told.frameworkStatus["hipaa"];
        if (hipaa === undefined) throw new Error("the clinic follows HIPAA");
        expect([served.score, served.frameworkStatus["hipaa"]]).toEqual([told.score, hipaa]);
        const page = textOf(await read("/sites/tidewell-clinic/"));
        for (const shown of wordsOf(hipaa.score)) expect(page).toContain(` ${shown} `);
        expect(textOf(await read("/"))).toContain(` ${told.score.pass} of ${told.score.total} pass `);
      },
      { timeout: 60_000, interval: 1000 },
    );
  });
});

type Told = Pick<SiteView, "score" | "frameworkStatus">;

function wordsOf({ pass, fail, error, unknown, total }: Score): readonly string[] {
  return [`${pass} of ${total} pass`, `${fail} fail`, `${error} error`, `${unknown} unknown`];
}

function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}

describe("exported evidence", () => {
  let folder: string;

  beforeAll(async () => {
    folder = join(workplace.folder, "evidence");
    const exported = await runCompline(["export", "--site", "tidewell-clinic", "--out", folder, ...where()]);
    expect(exported.stderr).toBe("");
    expect(exported.code).toBe(0);
  });

  function copy(name: string): string {
    const target = join(workplace.folder, name);
    cpSync(folder, target, { recursive: true });
    return target;
  }

  function envelopes(of: string): string[] {
    const below = join(of, "envelopes");
    const files = readdirSync(below, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const sequence = (name: string): number => Number(/-(\d+)\.dsse\.json$/.exec(name)?.[1]);
    return files
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted((a, b) => sequence(a) - sequence(b));
  }

  function relativeTo(of: string, file: string): string {
    return file.slice(of.length + 1);
  }

  async function failuresOf(
    of: string,
    ...more: string[]
  ): Promise<{ code: number | null; failures: { code: string; file: string }[] }> {
    const result = await runCompline(["verify", of, "-o", "json", ...more]);
    return { code: result.code, failures: JSON.parse(result.stdout).failures };
  }

  it("verifies", async () => {
    const result = await runCompline(["verify", folder, "--trust", join(folder, "trust.json")]);
    expect(result.stdout).toMatch(/^(VERIFIED|INCOMPLETE)/m);
    expect(result.code).toBe(0);
  });

  it("fails when one byte of an envelope is flipped", async () => {
    const changed = copy("flipped");
    const file = envelopes(changed)[1] ?? "";
    const bytes = readFileSync(file);
    const at = bytes.indexOf('"payload":"') + 400;
    bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
    writeFileSync(file, bytes);
    const { code, failures } = await failuresOf(changed);
    expect(code).toBe(4);
    expect(failures.some((failure) => file.endsWith(failure.file))).toBe(true);
  });

  it("fails when an envelope in the middle is missing", async () => {
    const changed = copy("missing");
    rmSync(envelopes(changed)[1] ?? "");
    const { code, failures } = await failuresOf(changed);
    expect(code).toBe(4);
    expect(failures.map((failure) => failure.code)).toContain("GAP");
  });

  it("fails when the trust file differs from the one given", async () => {
    const changed = copy("swapped");
    const file = join(changed, "trust.json");
    const given = join(workplace.folder, "given-trust.json");
    cpSync(file, given);
    const text = readFileSync(file, "utf8");
    const key =
      /"publicKey":"([0-9a-f]{64})","site"/.exec(text)?.[1] ?? /"site":"[^"]+","to/.exec(text)?.[0] ?? "";
    expect(key).not.toBe("");
    // Another point on the curve, so that only the identity of the key is at issue.
    const other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    writeFileSync(file, text.replaceAll(key, other));
    const { code, failures } = await failuresOf(changed, "--trust", given);
    expect(code).toBe(4);
    expect(failures.map((failure) => failure.code)).toContain("TRUST_SWAPPED");
  });

  it("fails when a verdict is changed and everything after it is signed again by another key", async () => {
    const changed = copy("another-key");
    const files = envelopes(changed);
    const { privateKey } = generateKeyPairSync("ed25519");
    const forged = files.slice(files.findIndex((file) => saysFail(file)));
    await resign(forged, privateKey, withFailsHidden);
    const { code, failures } = await failuresOf(changed);
    expect(code).toBe(4);
    const refused = failures
      .filter((failure) => failure.code === "UNKNOWN_KEY")
      .map((failure) => failure.file);
    expect(refused.toSorted()).toEqual(forged.map((file) => relativeTo(changed, file)).toSorted());
  });

  it("fails when a bundle names another predecessor, even signed by the right key", async () => {
    const changed = copy("wrong-prev");
    const file = envelopes(changed)[1] ?? "";
    const key = readKey(join(workplace.state, "appliances/tidewell-box/appliance.key"));
    await resign([file], key, (statement) => withPrev(statement, "f".repeat(64)));
    const { code, failures } = await failuresOf(changed);
    expect(code).toBe(4);
    expect(failures.find((failure) => failure.code === "BAD_PREV")?.file).toBe(relativeTo(changed, file));
  });

  it("names the file whose name contradicts its content", async () => {
    const changed = copy("renamed");
    const file = envelopes(changed)[1] ?? "";
    renameSync(file, file.replace(/-\d+\.dsse/, "-999.dsse"));
    const { code, failures } = await failuresOf(changed);
    expect(code).toBe(4);
    expect(failures.map((failure) => failure.code)).toContain("MISPLACED");
  });

  it("is named by the digest of what was signed", () => {
    const digest = /\/bundles\/([0-9a-f]{64})\//.exec(broken.stdout)?.[1];
    const digests = envelopes(folder).map((file) =>
      createHash("sha256").update(readFileSync(file)).digest("hex"),
    );
    expect(digests).toContain(digest);
  });
});

describe("the state folder", () => {
  it("is for its owner only, but for the practice host's own modes and the portal's program files", () => {
    const entries = readdirSync(workplace.state, { recursive: true, withFileTypes: true });
    const open = entries
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("/practice/") && !/\/portal\/[^/]+\/(assets|icon\.svg)/.test(path))
      .filter((path) => (lstatSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077);
    expect(open).toEqual([]);
  });
});

describe("what the README shows of a plan", () => {
  const edited = [
    ["sites/lanternfish/workbench/site.yaml", 'mode: "off"', "mode: full"],
    ["policies/checks/linux/shell-idle-timeout.yaml", "<= 900 &&", "<= 600 &&"],
  ] as const;
  /** A line without what differs from one machine and moment to another. */
  const shapeOf = (line: string): string =>
    line
      .replace(/\d{4}-[-\d:.T]+Z/, "a time")
      .replace(/revision [0-9a-f]{12}/, "a revision")
      .replace(/this-machine \S+/, "this-machine, a check")
      .replaceAll(/\d+/g, "n");

  it("is how it looks", async () => {
    const readme = readFileSync(join(import.meta.dirname, "../../../README.md"), "utf8");
    const [, sample = ""] = /```\n\$ npx compline status --snapshot - \|[^\n]*\n(.*?)```/s.exec(readme) ?? [];
    await vi.waitFor(async () => expect((await workbench()).score.unknown).toBe(0), 60_000);
    for (const [file, from, to] of edited) {
      const path = join(workplace.repo, file);
      writeFileSync(path, readFileSync(path, "utf8").replace(from, to));
    }
    const observed = join(workplace.folder, "observed.json");
    await runCompline(["status", "--snapshot", observed, ...where()]);
    const { stdout } = await runCompline(["plan", "--observed", observed, ...where()]);
    await git(workplace.repo, "checkout", "--quiet", ".");
    const shown = sample.split("\n").filter((line) => line !== "..." && line !== "");
    expect(shown.length).toBeGreaterThan(10);
    expect(stdout.split("\n").map(shapeOf)).toEqual(expect.arrayContaining(shown.map(shapeOf)));
  });

  async function workbench(): Promise<SiteView> {
    const { stdout } = await runCompline(["status", "-o", "json", "--site", "workbench", ...where()]);
    return (JSON.parse(stdout) as { sites: [SiteView] }).sites[0];
  }
});

describe("stopping and starting again", () => {
  it("leaves no process, and the next start goes on with the kept state", async () => {
    expect(await product.stop()).toBe(0);
    expect(processesNaming(workplace.state)).toEqual([]);
    expect(existsSync(join(workplace.state, "start.json"))).toBe(false);
    product = await startProduct(workplace);
    expect(product.output()).not.toContain("made on this machine");
    const digest = /\/bundles\/([0-9a-f]{64})\//.exec(broken.stdout)?.[1];
    const status = JSON.parse((await runCompline(["status", "-o", "json", ...where()])).stdout);
    expect(JSON.stringify(status.sites)).toContain(digest);
  });
});
