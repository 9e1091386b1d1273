import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { launchBrowser } from "./fixture/browser.ts";
import { buildFixture } from "./fixture/built.ts";
import { pageKinds } from "./fixture/page-kinds.ts";
import { shrinkPng } from "./fixture/palette-png.ts";
import { AS_OF } from "./fixture/snapshot.ts";
import { PORTAL } from "./build/folders.ts";

// node portal/src/screenshots.ts [FOLDER]: every kind of page at two widths, light and dark, from the fixture.
// Other pictures in the folder (the README's, of the running product) stay.
const folder = process.argv[2] ?? join(PORTAL, "screenshots");
const WIDTHS = [400, 1400];
const SCHEMES = ["light", "dark"] as const;
/** A long page is cut: enough to see what it is, small enough to keep in git. */
const MAX_HEIGHT = 2000;

await mkdir(folder, { recursive: true });
const site = await buildFixture();
const browser = await launchBrowser();
for (const width of WIDTHS) {
  for (const colorScheme of SCHEMES) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    await page.clock.setFixedTime(AS_OF);
    for (const [name, path] of pageKinds(site.snapshot)) {
      await page.goto(site.origin + path);
      if (path.includes("?bundle=")) await page.waitForSelector("#result table");
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const clip = { x: 0, y: 0, width, height: Math.min(height, MAX_HEIGHT) };
      const png = await page.screenshot({ clip, fullPage: true });
      await writeFile(join(folder, `${name}-${width}-${colorScheme}.png`), shrinkPng(png));
    }
    await page.close();
  }
}
await browser.close();
await site.close();
