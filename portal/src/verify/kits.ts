import { compareKits, type GivenKit, openKit, type Verification, type VerifyInput } from "@compline/core";

/** A kit to verify; its bytes are asked for when it is its turn. */
export interface NamedKit {
  readonly name: string;
  readonly read: () => Promise<Uint8Array>;
}

/** What a kit, or anything else that was given, came to. */
export interface Judged {
  /** As the reader knows it. */
  readonly name: string;
  /** By itself. */
  readonly alone: Verification;
  /** The same, with what it contradicts in kits before it at the end of the failures. */
  readonly verification: Verification;
  readonly ms: number;
}

/** Verifies kits, each by itself, then against those before it. */
export async function verifyKits(
  kits: readonly NamedKit[],
  by: Omit<VerifyInput, "files" | "mode">,
): Promise<readonly Judged[]> {
  const opened: (GivenKit & { readonly name: string; readonly ms: number })[] = [];
  for (const [at, { name, read }] of kits.entries()) {
    const started = performance.now();
    const onProgress = (done: number, total: number): void => by.onProgress?.(at + done / total, kits.length);
    const kit = await openKit(await read(), { ...by, onProgress });
    opened.push({ ...kit, name, ms: performance.now() - started });
  }
  const compared = compareKits(opened);
  return opened.map(({ name, verification: alone, ms }, at) => ({
    name,
    alone,
    verification: compared[at] ?? alone,
    ms,
  }));
}
