import { createPanel, find } from "../verify/panel.ts";
// oxlint-disable-next-line import/default -- Vite makes the class of it
import VerifyWorker from "./worker.ts?worker&inline";

// The page of `verify.html`: a file that opens from disk. It asks no server, and its policy lets it ask none.

const panel = createPanel();
const kitInput = find("#kit", HTMLInputElement);
const trustInput = find("#trust", HTMLInputElement);
const drop = find("#drop", HTMLElement);

let kit: File | null = null;

async function verify(): Promise<void> {
  if (kit === null) return;
  const worker = new VerifyWorker();
  panel.follow(worker, `Verifying ${kit.name} …`);
  try {
    const zip = await kit.arrayBuffer();
    const trust = (await trustInput.files?.[0]?.arrayBuffer()) ?? null;
    worker.postMessage({ zip, trust }, trust === null ? [zip] : [zip, trust]);
  } catch (error) {
    panel.receive({ kind: "problem", message: String(error) });
  }
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
