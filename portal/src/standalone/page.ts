import { createPanel, find } from "../verify/panel.ts";
import { askWorker } from "../verify/workers.ts";
// oxlint-disable-next-line import/default -- Vite makes the class of it
import VerifyWorker from "./worker.ts?worker&inline";

// The page of `verify.html`: a file that opens from disk. It asks no server, and its policy lets it ask none.

const panel = createPanel();
const kitInput = find("#kit", HTMLInputElement);
const trustInput = find("#trust", HTMLInputElement);
const drop = find("#drop", HTMLElement);

let kit: File | null = null;

function verify(): void {
  if (kit === null) return;
  const trust = trustInput.files?.[0] ?? null;
  panel.follow(
    askWorker(() => new VerifyWorker(), { kind: "kit", kit, trust }),
    `Verifying ${kit.name} …`,
  );
}

function take(files: FileList | null | undefined): void {
  kit = files?.[0] ?? kit;
  verify();
}

kitInput.addEventListener("change", () => take(kitInput.files));
trustInput.addEventListener("change", () => verify());
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer?.files);
});
