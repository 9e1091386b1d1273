// What it takes to verify evidence, and no more: `@compline/core/verify`. All of core, with its parsers and the expression
// language, takes 150 ms of a command.
export { EVIDENCE_TEXTS } from "./evidence/codes.ts";
export type { Sha256 } from "./evidence/digest.ts";
export { createEngine, type SignatureEngine, type SignatureItem } from "./evidence/signature.ts";
export { type CheckedKit, type Verification, verifyBundles, type VerifyInput } from "./evidence/verify.ts";
export { compareKits, type GivenKit } from "./kit/compare-kits.ts";
export { openKit } from "./kit/verify-kit.ts";
export { isZip } from "./kit/zip-form.ts";
