import { defineConfig, passthroughImageService } from "astro/config";
import { renderAdapter } from "./adapter.mjs";

/** core and schemas are pure: what a page does not use of them need not be shipped to its reader. */
const treeshake = { moduleSideEffects: (id) => !/\/(core|schemas)\/src\//.test(id) };
const names = { entryFileNames: "assets/[name].[hash].js", chunkFileNames: "assets/[name].[hash].js" };

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
    build: {
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      rollupOptions: { treeshake },
    },
    ssr: { noExternal: true },
    worker: { format: "es", rollupOptions: { treeshake, output: names } },
  },
});
