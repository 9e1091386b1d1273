import { answerPage } from "../verify/answer.ts";
import { verifyKits } from "../verify/kits.ts";

// Judges kits off the page's thread.

answerPage(async (request, by) => {
  if (request.kind !== "kits") throw new Error("unreachable: this page asks about kits");
  const { kits, trust } = request;
  const named = kits.map((file) => ({ name: file.name, read: () => bytesOf(file) }));
  const given = { ...by, trust: trust === null ? null : await bytesOf(trust) };
  return { judged: await verifyKits(named, given), about: "files" };
});

/** A file may be gone, or too large for this browser, by the time it is read. */
async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new Error(`${file.name} could not be read by this browser; choose it again`, { cause });
  }
}
