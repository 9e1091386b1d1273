/** Test support: Debian's Chromium, driven for real, without any connection to the outside. */
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CHROMIUM = "/usr/bin/chromium";

/** Why browser tests cannot run here, or null. */
export const noBrowser: string | null =
  process.env["COMPLINE_NO_BROWSER"] ?? (existsSync(CHROMIUM) ? null : `${CHROMIUM} is not installed`);

/** Starts a browser with an empty profile. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
