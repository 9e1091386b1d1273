import { filesOfDrop, filesOfInput, type PathedFile, readFiles } from "./collect.ts";
import type { Reply, Request } from "./messages.ts";
import { reportOf } from "./report.ts";
import { showLine, showReport } from "./show.ts";

// Wires the page: what the reader gives goes to the worker, what the worker answers goes onto the page.

const DIGEST = /^[0-9a-f]{64}$/;

const result = find("#result", HTMLElement);
const progress = find("#progress", HTMLProgressElement);
const subject = find("#subject", HTMLElement);
const drop = find("#drop", HTMLElement);
const trustInput = find("#trust", HTMLInputElement);
const inputs = ["#files", "#folder"].map((selector) => find(selector, HTMLInputElement));

let worker: Worker | null = null;
let again: (() => Promise<void>) | null = null;

function find<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`unreachable: no ${selector} on this page`);
  return found;
}

function send(request: Request): void {
  worker?.terminate(); // a newer question makes the older one moot
  worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", (event: MessageEvent<Reply>) => receive(event.data));
  worker.addEventListener("error", () =>
    receive({ kind: "problem", message: "the verifier could not be started" }),
  );
  result.setAttribute("aria-busy", "true");
  showLine(result, "Verifying …");
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
  worker.postMessage(request);
}

function receive(reply: Reply): void {
  if (reply.kind === "progress") {
    progress.hidden = false;
    progress.max = reply.total;
    progress.value = reply.done;
    return;
  }
  progress.hidden = true;
  result.removeAttribute("aria-busy");
  if (reply.kind === "problem") showLine(result, `Nothing was verified: ${reply.message}.`);
  else showReport(result, reportOf(reply.verification, reply));
}

async function ownTrust(): Promise<Uint8Array<ArrayBuffer> | null> {
  const file = trustInput.files?.[0];
  return file === undefined ? null : new Uint8Array(await file.arrayBuffer());
}

function run(name: string, work: () => Promise<void>): void {
  subject.textContent = name;
  again = () => work().catch((error: unknown) => receive({ kind: "problem", message: String(error) }));
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
  showLine(result, "The address names no bundle: a digest has 64 hexadecimal digits.");
}
