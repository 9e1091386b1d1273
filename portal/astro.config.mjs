import { defineConfig, passthroughImageService } from "astro/config";
import { renderAdapter } from "./adapter.mjs";

/** Nothing inline and nothing from another origin: the pages are served under a strict content security policy. */
export default defineConfig({
  root: import.meta.dirname,
  srcDir: "./src",
  publicDir: "./public",
  outDir: "./dist",
  cacheDir: "./node_modules/.cache/astro",
  output: "server",
  adapter: renderAdapter(),
  trailingSlash: "always",
  compressHTML: true,
  devToolbar: { enabled: false },
  image: { service: passthroughImageService() },
  security: { checkOrigin: false },
  build: { inlineStylesheets: "never", assets: "assets" },
  vite: {
    cacheDir: "./node_modules/.cache/vite",
    logLevel: "warn",
    build: { assetsInlineLimit: 0, cssCodeSplit: false, modulePreload: { polyfill: false } },
    ssr: { noExternal: true },
    worker: { format: "es" },
  },
});
