/** Builds the pages to one module that exports `render`; nothing listens on a port. */
export function renderAdapter() {
  return {
    name: "compline-render",
    hooks: {
      "astro:config:done": ({ setAdapter }) => {
        setAdapter({
          name: "compline-render",
          entrypointResolution: "auto",
          serverEntrypoint: new URL("./src/build/entry.ts", import.meta.url),
          adapterFeatures: { buildOutput: "server", middlewareMode: "classic" },
          supportedAstroFeatures: { serverOutput: "stable", sharpImageService: "unsupported" },
        });
      },
    },
  };
}
