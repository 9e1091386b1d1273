import { ControllerError } from "../errors.ts";
import type { SampleRequest } from "./make-kit.ts";

/** As it was typed; what is empty was not. */
export interface SampleText {
  readonly sample?: string | undefined;
  readonly seed?: string | undefined;
}

/** Reads how many bundles to look at and the seed that chooses them. Throws KIT_INVALID. */
export function readSample({ sample = "", seed = "" }: SampleText): SampleRequest | null {
  if (sample === "" && seed === "") return null;
  if (!/^[1-9]\d{0,4}$/.test(sample))
    throw new ControllerError(
      "KIT_INVALID",
      `sample: expected how many bundles to look at, from 1 to 99999; found ${JSON.stringify(sample)}`,
    );
  if (!/^[\x20-\x7e]{1,64}$/.test(seed))
    throw new ControllerError(
      "KIT_INVALID",
      "seed: expected 1 to 64 letters, digits or signs that the auditor chose, beside how many bundles to look at",
    );
  return { count: Number(sample), seed };
}
