import { verifyKit } from "@compline/core";
import { answerPage } from "../verify/answer.ts";

// Judges a kit off the page's thread.

answerPage(async (request, by) => {
  if (request.kind !== "kit") throw new Error("unreachable: this page asks about kits");
  const { kit, trust } = request;
  const verification = await verifyKit(await bytesOf(kit), {
    ...by,
    trust: trust === null ? null : await bytesOf(trust),
  });
  return { verification, about: "files" };
});

async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}
