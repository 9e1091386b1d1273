import type { Reply } from "../verify/messages.ts";
import { reportOf } from "../verify/report.ts";
import { showLine, showReport } from "../verify/show.ts";
// oxlint-disable-next-line import/default -- Vite makes the class of it
import VerifyWorker from "./worker.ts?worker&inline";

// The page of `verify.html`: a file that opens from disk. It asks no server, and its policy lets it ask none.

const result = find("#result", HTMLElement);
const progress = find("#progress", HTMLProgressElement);
const kitInput = find("#kit", HTMLInputElement);
const trustInput = find("#trust", HTMLInputElement);
const drop = find("#drop", HTMLElement);

let worker: Worker | null = null;
let kit: File | null = null;

function find<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`unreachable: no ${selector} on this page`);
  return found;
}

async function verify(): Promise<void> {
  if (kit === null) return;
  worker?.terminate(); // a newer question makes the older one moot
  const asked = new VerifyWorker();
  worker = asked;
  asked.addEventListener("message", (event: MessageEvent<Reply>) => receive(event.data));
  asked.addEventListener("error", () =>
    receive({ kind: "problem", message: "the verifier could not be started" }),
  );
  result.setAttribute("aria-busy", "true");
  showLine(result, `Verifying ${kit.name} …`);
  try {
    const zip = await kit.arrayBuffer();
    const trust = (await trustInput.files?.[0]?.arrayBuffer()) ?? null;
    asked.postMessage({ zip, trust }, trust === null ? [zip] : [zip, trust]);
  } catch (error) {
    receive({ kind: "problem", message: String(error) });
  }
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

function take(files: FileList | null | undefined): void {
  kit = files?.[0] ?? kit;
  void verify();
}

kitInput.addEventListener("change", () => take(kitInput.files));
trustInput.addEventListener("change", () => void verify());
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files);
});
