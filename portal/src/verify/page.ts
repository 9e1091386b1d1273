import { filesOfDrop, filesOfInput, type PathedFile, readFiles } from "./collect.ts";
import type { Request } from "./messages.ts";
import { createPanel, find } from "./panel.ts";
import { askWorker } from "./workers.ts";

// Wires the page: what the reader gives goes to the worker, what the worker answers goes onto the page.

const DIGEST = /^[0-9a-f]{64}$/;

const panel = createPanel();
const subject = find("#subject", HTMLElement);
const drop = find("#drop", HTMLElement);
const trustInput = find("#trust", HTMLInputElement);
const inputs = ["#files", "#folder"].map((selector) => find(selector, HTMLInputElement));

let again: (() => Promise<void>) | null = null;

function send(request: Request): void {
  const start = (): Worker => new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  panel.follow(askWorker(start, request), "Verifying …");
}

async function ownTrust(): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = trustInput.files?.[0];
  return file === undefined ? null : new Uint8Array(await file.arrayBuffer());
}

function run(name: string, work: () => Promise<void>): void {
  subject.textContent = name;
  again = () => work().catch((error: unknown) => panel.receive({ kind: "problem", message: String(error) }));
  void again();
}

function verifyFiles(given: readonly PathedFile[]): void {
  if (given.length === 0) return;
  run(given.length === 1 ? (given[0]?.path ?? "") : `${given.length} files`, async () => {
    send({ kind: "files", files: await readFiles(given), trust: await ownTrust() });
  });
}

for (const input of inputs) input.addEventListener("change", () => verifyFiles(filesOfInput(input.files)));
trustInput.addEventListener("change", () => void again?.());
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (event.dataTransfer !== null) void filesOfDrop(event.dataTransfer).then(verifyFiles);
});
find("#tool", HTMLElement).hidden = false;

const digest = new URLSearchParams(location.search).get("bundle");
if (digest !== null && DIGEST.test(digest)) {
  run(`Bundle ${digest}`, async () => send({ kind: "bundle", digest, trust: await ownTrust() }));
} else if (digest !== null) {
  panel.say("The address names no bundle: a digest has 64 hexadecimal digits.");
}
