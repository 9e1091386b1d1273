import { createPanel, find } from "../verify/panel.ts";
import { askWorker } from "../verify/workers.ts";
// oxlint-disable-next-line import/default -- Vite makes the class of it
import VerifyWorker from "./worker.ts?worker&inline";

// The page of `verify.html`: a file that opens from disk. It asks no server, and its policy lets it ask none.

const panel = createPanel();
const kitInput = find("#kit", HTMLInputElement);
const trustInput = find("#trust", HTMLInputElement);
const drop = find("#drop", HTMLElement);

function verify(): void {
  const kits = [...(kitInput.files ?? [])];
  const [first] = kits;
  if (first === undefined) return;
  const trust = trustInput.files?.[0] ?? null;
  panel.follow(
    askWorker(() => new VerifyWorker(), { kind: "kits", kits, trust }),
    `Verifying ${kits.length === 1 ? first.name : `${kits.length} kits`} …`,
  );
}

/** Puts dropped files where they would have been chosen: a trust file may be dropped, too. */
function take(files: readonly File[]): void {
  const isTrust = ({ name }: File): boolean => /\.json$/i.test(name);
  choose(trustInput, files.filter(isTrust).slice(0, 1));
  choose(
    kitInput,
    files.filter((file) => !isTrust(file)),
  );
  verify();
}

function choose(input: HTMLInputElement, files: readonly File[]): void {
  if (files.length === 0) return;
  const list = new DataTransfer();
  for (const file of files) list.items.add(file);
  input.files = list.files;
}

for (const input of [kitInput, trustInput]) input.addEventListener("change", verify);
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take([...(event.dataTransfer?.files ?? [])]);
});
