import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type InlineConfig, type Plugin } from "vite";
import { PORTAL } from "./folders.ts";

const SOURCES = join(PORTAL, "src/standalone");
/** The first Node and browsers with everything that core uses. */
const TARGET = "es2023";

/** Builds `verify.html` and `verify.mjs`, one file each that needs no other, into a folder. Only tests give plugins. */
export async function buildVerifiers(folder: string, plugins: readonly Plugin[] = []): Promise<void> {
  const all = { plugins: [...plugins], worker: { plugins: () => [...plugins] } };
  const [page, program] = [await bundle("page.ts", all), await bundle("node.ts", { ...all, ...NODE })];
  const style = await readFile(join(SOURCES, "verify.css"), "utf8");
  const template = await readFile(join(SOURCES, "verify.html"), "utf8");
  if (/<\/script|<!--/i.test(page)) throw new Error("unreachable: the script would end its own element");
  const policy = [
    "default-src 'none'",
    `script-src '${digest(page)}'`,
    `style-src '${digest(style)}'`,
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const parts = new Map([
    ["POLICY", policy],
    ["STYLE", style],
    ["SCRIPT", page],
  ]);
  const html = template.replaceAll(/%([A-Z]+)%/g, (_, name: string) => parts.get(name) ?? "");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "verify.html"), html);
  await writeFile(join(folder, "verify.mjs"), program);
}

const NODE: InlineConfig = { build: { ssr: true }, ssr: { noExternal: true, target: "node" } };

async function bundle(entry: string, more: InlineConfig): Promise<string> {
  const treeshake = { moduleSideEffects: (id: string) => !/\/(core|schemas)\/src\//.test(id) };
  const made = await build({
    configFile: false,
    root: PORTAL,
    publicDir: false,
    logLevel: "error",
    ...more,
    build: {
      ...more.build,
      write: false,
      target: TARGET,
      minify: true,
      modulePreload: false,
      rollupOptions: {
        input: join(SOURCES, entry),
        treeshake,
        output: { format: "es", codeSplitting: false },
      },
    },
    // A classic worker: pages of files have no origin, and browsers start no module worker for them.
    worker: { ...more.worker, format: "iife", rollupOptions: { treeshake } },
  });
  const outputs = Array.isArray(made) ? made : [made];
  const chunks = outputs.flatMap((one) => ("output" in one ? one.output : []));
  const [only, ...others] = chunks;
  if (only?.type !== "chunk" || others.length > 0)
    throw new Error(
      `expected one file of ${entry}, found ${chunks.map(({ fileName }) => fileName).join(", ")}`,
    );
  return only.code;
}

function digest(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
