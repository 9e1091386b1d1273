import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { noBrowser, openBrowser } from "../e2e/browser.ts";
import { storeSite } from "../testdata/stored-site.ts";
import { readPrograms } from "./programs.ts";

const boxes = 40;
const length = 250;

/** A kit of 10,000 bundles with their log, given to `verify.html` in a real browser: from the choice of the file to the verdict. */
export const bench = {
  figures: [
    { name: "browser_verify_10k_s", unit: "s", goal: "<= 3" },
    { name: "browser_longest_task_ms", unit: "ms", goal: "<= 200" },
  ],
  runs: 3,
  prepare: async () => {
    if (noBrowser !== null) throw new Error(noBrowser);
    const { make, folder, close } = await storeSite(boxes, length);
    const kit = join(folder, "kit.zip");
    await writeFile(kit, (await make()).zip);
    for (const { path, bytes } of (await readPrograms()) ?? []) await writeFile(join(folder, path), bytes);
    return { run: async () => ({ values: await measure(join(folder, "verify.html"), kit) }), close };
  },
};

async function measure(program: string, kit: string): Promise<Record<string, number>> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.addInitScript(WATCH);
    await page.goto(pathToFileURL(program).href);
    await page.setInputFiles("#kit", kit);
    await page.waitForSelector(".verdict-line", { timeout: 120_000 });
    const verdict = await page.locator(".verdict-line").innerText();
    if (!verdict.startsWith(`Verified: ${boxes * length} bundles`)) throw new Error(verdict);
    const { seconds, longestMs } = await page.evaluate<Watched>("watched");
    return { browser_verify_10k_s: seconds, browser_longest_task_ms: longestMs };
  } finally {
    await browser.close();
  }
}

/** What the page sees of itself; it runs there before anything of the page's own does. */
const WATCH = `
  const watched = (globalThis.watched = { chosenAt: 0, seconds: 0, longestMs: 0 });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longestMs = Math.max(watched.longestMs, duration);
  }).observe({ type: "longtask" });
  addEventListener("change", () => (watched.chosenAt = performance.now()), { capture: true });
  new MutationObserver(() => {
    if (watched.seconds > 0 || document.querySelector(".verdict-line") === null) return;
    watched.seconds = (performance.now() - watched.chosenAt) / 1000;
  }).observe(document, { subtree: true, childList: true });
`;

interface Watched {
  readonly seconds: number;
  readonly longestMs: number;
}
