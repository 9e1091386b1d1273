import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Snapshot, snapshotLines } from "@compline/core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DIST } from "./build/folders.ts";
import { loadRender, makeApart } from "./build/make-sites.ts";
import { openSnapshot } from "./build/read.ts";
import { writePortal } from "./build/write.ts";
import { launchBrowser, missingBrowser } from "./fixture/browser.ts";
import { type BuiltFixture, buildFixture } from "./fixture/built.ts";
import { makeHostile } from "./fixture/hostile.ts";
import { makeLarge } from "./fixture/large.ts";
import { pageKinds } from "./fixture/page-kinds.ts";
import { AS_OF, VALID_UNTIL } from "./fixture/snapshot.ts";
import { assignmentUrl, envelopeUrl, frameworkUrl, siteUrl, verifyUrl } from "./view/urls.ts";

const missing = missingBrowser();
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let site: BuiltFixture;
let browser: Browser;

beforeAll(async () => {
  if (missing !== null) return;
  site = await buildFixture();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface Visit {
  readonly page: Page;
  /** What the browser complained about: errors, and violations of the policy. */
  readonly complaints: string[];
}

/** Runs with a page whose clock stands at the time of the snapshot, and closes it. */
async function visiting<T>(options: BrowserContextOptions, work: (visit: Visit) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.clock.install({ time: AS_OF });
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  page.on("pageerror", (error) => void complaints.push(String(error)));
  try {
    return await work({ page, complaints });
  } finally {
    await context.close();
  }
}

/** Opens a page; a bundle's verification is waited for. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(site.origin + path);
  if (path.includes("?bundle=")) await page.waitForSelector("#result table");
}

async function axeFindings(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    interface Axe {
      run(options: {
        readonly resultTypes: readonly ["violations"];
      }): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
    }
    // Put there by axe's own script. It need not describe every element with which nothing is wrong.
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run({
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** How many pixels the page is wider than the window. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `/${join(entry.parentPath, entry.name).slice(folder.length + 1)}`);
}

describe.skipIf(missing !== null)(
  `the portal in a browser${missing === null ? "" : ` (skipped: ${missing})`}`,
  () => {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`axe finds nothing on any kind of page, ${colorScheme}`, async () => {
        for (const width of [400, 1400]) {
          await visiting(
            { colorScheme, bypassCSP: true, viewport: { width, height: 900 } },
            async ({ page }) => {
              for (const [name, path] of pageKinds(site.snapshot)) {
                await open(page, path);
                await page.addScriptTag({ path: axe });
                expect(await axeFindings(page), `${name} at ${width}`).toEqual([]);
              }
            },
          );
        }
      });
    }

    test("no page scrolls sideways, from 320 px up", async () => {
      await visiting({}, async ({ page }) => {
        for (const [name, path] of pageKinds(site.snapshot)) {
          await open(page, path);
          for (const width of [320, 400, 768, 970, 1100]) {
            await page.setViewportSize({ width, height: 900 });
            expect(await overflowOf(page), `${name} at ${width}`).toBeLessThanOrEqual(0);
          }
        }
      });
    });

    test("an auditor's kit is asked for by a plain form, of the framework whose page it is on", async () => {
      const [first] = site.snapshot.sites;
      const framework = first?.frameworks[0] ?? "";
      await visiting({ javaScriptEnabled: false }, async ({ page, complaints }) => {
        await page.goto(site.origin + frameworkUrl(first?.name ?? "", framework));
        const asked = page.waitForRequest((request) => request.url().includes("/kit?"));
        await page.getByRole("button", { name: "Download the kit" }).click();
        const { pathname, search } = new URL((await asked).url());
        expect(pathname).toBe(`/v1/sites/${first?.id}/kit`);
        expect(search).toBe(`?from=2026-08-24&to=2026-11-23&framework=${framework}&sample=&seed=`);
        expect(complaints.filter((text) => !text.includes("404"))).toEqual([]); // here no API answers
      });
    });

    test("pages that no controller serves say which command makes the kit", async () => {
      const copy = await buildFixture({ served: false });
      const [first] = copy.snapshot.sites;
      const html = await readFile(join(copy.folder, siteUrl(first?.name ?? ""), "index.html"), "utf8");
      await copy.close();
      expect(html).toContain(`npx compline kit --site ${first?.name} --from 2026-08-24 --to 2026-11-23`);
      expect(html).not.toContain("<form");
    });

    test("words from YAML stay words, and do not make a page scroll sideways", async () => {
      const hostile = await buildFixture({ change: makeHostile });
      await visiting({ viewport: { width: 400, height: 900 } }, async ({ page, complaints }) => {
        for (const [name, path] of pageKinds(hostile.snapshot)) {
          await page.goto(hostile.origin + path);
          expect(await overflowOf(page), name).toBeLessThanOrEqual(0);
          expect(await page.title(), name).not.toBe("owned");
          expect(await page.locator("[onerror], script:not([src])").count(), name).toBe(0);
        }
        expect(complaints).toEqual([]);
      });
      await hostile.close();
    });

    test("pages break no content security policy and log no error", async () => {
      await visiting({}, async ({ page, complaints }) => {
        for (const [, path] of pageKinds(site.snapshot)) await open(page, path);
        expect(complaints).toEqual([]);
      });
    });

    test("pages print without navigation, within the paper, with the revision and whole digests", async () => {
      await visiting({ viewport: { width: 700, height: 1000 } }, async ({ page }) => {
        await page.emulateMedia({ media: "print" });
        for (const [name, path] of pageKinds(site.snapshot)) {
          await open(page, path);
          expect(await page.locator(".top").isVisible(), name).toBe(false);
          expect(await page.locator(".paper").innerText(), name).toContain(site.snapshot.revision ?? "");
          expect(await overflowOf(page), name).toBeLessThanOrEqual(0);
        }
      });
    });

    test("every page says its verdicts without JavaScript", async () => {
      await visiting({ javaScriptEnabled: false }, async ({ page }) => {
        await page.goto(site.origin + siteUrl(site.snapshot.sites[0]?.name ?? ""));
        expect(await page.textContent("main")).toContain("2 checks fail on 2 of 3 hosts.");
        expect(await page.locator("table .v-fail").count()).toBeGreaterThan(0);
        expect(await page.locator("#stale").isVisible()).toBe(false);
        await page.goto(`${site.origin}/verify/`);
        expect(await page.textContent("noscript")).toContain("needs JavaScript");
        expect(await page.locator("#tool").isVisible()).toBe(false);
      });
    });

    test("the banner appears when the page stops being valid, and not before", async () => {
      await visiting({}, async ({ page }) => {
        await page.goto(`${site.origin}/`);
        const banner = page.locator("#stale");
        expect(await banner.isVisible()).toBe(false);
        const left = Date.parse(VALID_UNTIL) - Date.parse(AS_OF);
        await page.clock.runFor(left - 60_000);
        expect(await banner.isVisible()).toBe(false);
        await page.clock.runFor(61_000);
        expect(await banner.isVisible()).toBe(true);
        await page.reload();
        expect(await banner.isVisible()).toBe(true);
      });
    });

    test("tables sort by a column and say so", async () => {
      await visiting({}, async ({ page }) => {
        await page.goto(`${site.origin}/`);
        const header = page.locator("table th", { hasText: "Unknown" });
        await header.getByRole("button").click();
        expect(await header.getAttribute("aria-sort")).toBe("ascending");
        await header.getByRole("button").click();
        expect(await header.getAttribute("aria-sort")).toBe("descending");
        expect(await page.textContent("tbody tr:first-child th")).toContain("Saint Brannoc");
      });
    });

    test("the keyboard reaches the skip link first", async () => {
      await visiting({}, async ({ page }) => {
        await page.goto(`${site.origin}/`);
        await page.keyboard.press("Tab");
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to content");
      });
    });

    test("a signed bundle verifies in the browser, with the trust file's fingerprint first", async () => {
      const { bundle } = site.snapshot.sites[0]?.heals[0] ?? { bundle: "" };
      await visiting({}, async ({ page, complaints }) => {
        await open(page, verifyUrl(bundle));
        const text = await page.locator("#result").innerText();
        expect(text.startsWith("Trust file")).toBe(true);
        expect(text).toMatch(
          /Verified: this bundle and the 10 before it were signed by keys of the trust file above/,
        );
        expect(text).toContain("Trust given by the evidence itself");
        expect(text).toContain("TRUST_FROM_KIT");
        expect(text).toContain("this browser's own Ed25519");
        expect(complaints).toEqual([]);
      });
    });

    test("a bundle with one flipped byte is refused, with code and file", async () => {
      const { bundle } = site.snapshot.sites[1]?.results[0] ?? { bundle: "" };
      site.replace(envelopeUrl(bundle ?? ""), (body) => {
        const changed = Buffer.from(body);
        const at = changed.indexOf('"payload":"') + 400;
        changed[at] = (changed[at] ?? 0) === 0x41 ? 0x42 : 0x41;
        return changed;
      });
      await visiting({}, async ({ page }) => {
        await open(page, verifyUrl(bundle ?? ""));
        const text = await page.locator("#result").innerText();
        expect(text).toContain("Not verified");
        expect(text).toMatch(/BAD_SIGNATURE|NOT_CANONICAL|BAD_BASE64|NOT_JSON|BAD_SUBJECT|SCHEMA/);
        expect(text).toContain(`evidence/${bundle}.dsse.json`);
      });
    });

    test("dropped files are verified against the reader's own trust file", async () => {
      const other = site.snapshot.sites[3];
      const [bundle] = other?.bundles.toReversed() ?? [];
      const paths = [envelopeUrl(bundle?.digest ?? ""), assignmentUrl(bundle?.assignment ?? "")];
      await visiting({}, async ({ page }) => {
        await page.goto(`${site.origin}/verify/`);
        await page.setInputFiles("#trust", join(site.folder, "trust.json"));
        await page.setInputFiles(
          "#files",
          paths.map((path) => join(site.folder, path)),
        );
        await page.waitForSelector("#result table");
        const text = await page.locator("#result").innerText();
        expect(text).toContain("The trust file that you chose.");
        expect(text).toContain("Verified: 1 bundle was signed");
        expect(text).not.toContain("TRUST_FROM_KIT");
      });
    });

    test("without the browser's own Ed25519 the fallback judges, and the page says so", async () => {
      const bundle = site.snapshot.sites[3]?.bundles.at(-1)?.digest ?? "";
      await visiting({}, async ({ page }) => {
        // A host name on plain HTTP that is not this machine: there browsers offer no crypto.subtle.
        await page.route("http://portal.test/**", async (route) => {
          const url = new URL(route.request().url());
          const response = await fetch(site.origin + url.pathname);
          await route.fulfill({
            status: response.status,
            headers: Object.fromEntries(response.headers),
            body: Buffer.from(await response.arrayBuffer()),
          });
        });
        await page.goto(`http://portal.test${verifyUrl(bundle)}`);
        await page.waitForSelector("#result table");
        const text = await page.locator("#result").innerText();
        expect(text).toContain("Verified: this bundle was signed");
        expect(text).toContain("JavaScript fallback");
      });
    });
  },
);

describe.skipIf(missing !== null)("the built files", () => {
  test("every link and anchor leads to something in the build", async () => {
    const files = new Set(await filesBelow(site.folder));
    const ids = new Map<string, Set<string>>();
    const links: (readonly [from: string, to: string])[] = [];
    for (const file of [...files].filter((name) => name.endsWith(".html"))) {
      const html = await readFile(join(site.folder, file), "utf8");
      ids.set(file, new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? "")));
      for (const [, to] of html.matchAll(/ (?:href|src)="([^"]*)"/g))
        links.push([file, (to ?? "").replaceAll("&amp;", "&")]);
    }
    const broken = links.filter(([from, to]) => {
      const url = new URL(to, `http://portal.invalid${from}`);
      const target = url.pathname.endsWith("/") ? `${url.pathname}index.html` : url.pathname;
      if (url.host !== "portal.invalid" || !files.has(target)) return true;
      return url.hash !== "" && ids.get(target)?.has(url.hash.slice(1)) !== true;
    });
    expect(broken).toEqual([]);
    expect(links.length).toBeGreaterThan(1000);
  });

  test("pages keep their budgets", async () => {
    const files = await filesBelow(site.folder);
    const sizeOf = async (file: string): Promise<number> => (await readFile(join(site.folder, file))).length;
    for (const file of files.filter((name) => /^\/sites\/[^/]+\/index\.html$/.test(name))) {
      expect(await sizeOf(file), file).toBeLessThanOrEqual(100 * 1024);
    }
    const sheets = files.filter((name) => name.endsWith(".css"));
    expect(sheets).toHaveLength(1);
    expect(await sizeOf(sheets[0] ?? "")).toBeLessThanOrEqual(20 * 1024);
    const scripts = await scriptsOf(
      join(site.folder, siteUrl(site.snapshot.sites[0]?.name ?? ""), "index.html"),
    );
    expect(scripts).toHaveLength(2);
    const sizes = await Promise.all(scripts.map((script) => weightOf(script, sizeOf)));
    expect(Math.min(...sizes)).toBeLessThanOrEqual(1024);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5 * 1024);
  });

  test("a site's page keeps its budget however large the site is", async () => {
    const large = await buildFixture({ change: makeLarge });
    const html = await readFile(join(large.folder, siteUrl("tidewell-clinic"), "index.html"));
    await large.close();
    expect(html.toString()).toContain("90 more hosts");
    expect(html.length).toBeLessThanOrEqual(100 * 1024);
  });

  test("threads make the same files as one thread, and what one of them refuses is told", async () => {
    const folder = await mkdtemp(join(tmpdir(), "compline-threads-"));
    const file = join(folder, "snapshot.json");
    const make = async (snapshot: Snapshot): Promise<number> => {
      await writeFile(file, snapshotLines(snapshot));
      const render = await loadRender(true);
      const opened = await openSnapshot(file);
      const source = {
        render,
        assets: join(DIST, "client"),
        snapshot: opened,
        makeSites: makeApart({ threads: 2, isServed: true }),
      };
      return writePortal(source, join(folder, "site"));
    };
    await make(site.snapshot);
    const files = await filesBelow(join(folder, "site"));
    expect(files.toSorted()).toEqual((await filesBelow(site.folder)).toSorted());
    for (const name of files) {
      const [made, wanted] = await Promise.all(
        [join(folder, "site"), site.folder].map((root) => readFile(join(root, name))),
      );
      expect(made?.equals(wanted ?? Buffer.of()), name).toBe(true);
    }
    const sites = site.snapshot.sites.map((one) => ({ ...one, name: "../up" }));
    await expect(make({ ...site.snapshot, sites })).rejects.toThrow('"../up" cannot be part of an address');
    expect((await readdir(folder)).toSorted()).toEqual(["site", "snapshot.json"]);
    await rm(folder, { recursive: true });
  });

  test("pages hold no inline script, no inline style and nothing from another origin", async () => {
    const files = (await filesBelow(site.folder)).filter((name) => name.endsWith(".html"));
    for (const file of files) {
      const html = await readFile(join(site.folder, file), "utf8");
      expect(html, file).not.toMatch(
        /<style|<script(?![^>]* src=)| style="| on[a-z]+="|(?:src|href)="(?:https?:)?\/\//,
      );
    }
  });

  test("envelopes, assignments and the trust file are there byte for byte", async () => {
    const { sites, assignments, trust } = site.snapshot;
    const read = (path: string): Promise<string> => readFile(join(site.folder, path), "utf8");
    expect(await read("trust.json")).toBe(trust);
    for (const { digest, text, signature } of assignments) {
      expect(await read(assignmentUrl(digest))).toBe(text);
      expect(await read(`assignments/${digest}.sig`)).toBe(signature);
    }
    for (const { digest, envelope } of sites.flatMap(({ bundles }) => bundles)) {
      expect(await read(envelopeUrl(digest))).toBe(envelope);
    }
  });

  async function scriptsOf(file: string): Promise<readonly string[]> {
    const html = await readFile(file, "utf8");
    return [...html.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, source]) => source ?? "");
  }

  /** A script with what it imports. */
  async function weightOf(script: string, sizeOf: (file: string) => Promise<number>): Promise<number> {
    const text = await readFile(join(site.folder, script), "utf8");
    const imports = [...text.matchAll(/import"\.\/([^"]+)"/g)].map(([, name]) => `/assets/${name}`);
    const sizes = await Promise.all([script, ...imports].map(sizeOf));
    return sizes.reduce((sum, size) => sum + size, 0);
  }
});
