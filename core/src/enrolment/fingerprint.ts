import { sha256Hex } from "../evidence/digest.ts";

/** About 99 bits: nobody finds a second key with the same digits. */
const DIGITS = 30;
const GROUP = 5;

/**
 * What two people read to each other to see that they hold the same enrolment: six groups of five digits over the
 * appliance's id and its public key (64 hex digits), so that neither can be exchanged on the way.
 */
export function enrolmentFingerprint(id: string, publicKey: string): string {
  return spoken(`compline-enrolment ${id} ${publicKey}`);
}

/** The same for the key that signs assignments (64 hex digits), which a box pins when it is enrolled. */
export function controllerFingerprint(publicKey: string): string {
  return spoken(`compline-controller ${publicKey}`);
}

/** Digits, because they are read the same in every language and have no upper and lower case. */
function spoken(text: string): string {
  const digest = BigInt(`0x${sha256Hex(new TextEncoder().encode(text))}`);
  const digits = (digest % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, "0");
  return Array.from({ length: DIGITS / GROUP }, (_, at) => digits.slice(at * GROUP, (at + 1) * GROUP)).join(
    " ",
  );
}
