import {
  type AuthorityEvent,
  type Bundle,
  createFindings,
  type Decision,
  decisionsInForce,
  type EvidenceCode,
  type Finding,
} from "@compline/core";
import type { Authority } from "./authorities.ts";

/** What an authority's chain comes to. */
export interface Ruling {
  readonly authority: Authority;
  /** The chain in its order. */
  readonly bundles: readonly Bundle[];
  /** Those that count, in their order. */
  readonly decisions: readonly Decision[];
  readonly findings: readonly Finding[];
}

/** Follows a chain; `objections` are what git says of its bundles, by digest. */
export function ruleOn(
  authority: Authority,
  bundles: readonly Bundle[],
  objections: ReadonlyMap<string, string>,
): Ruling {
  const findings = createFindings();
  const objectionTo = (_: AuthorityEvent, digest: string): string | null => objections.get(digest) ?? null;
  const decisions = decisionsInForce(bundles, { authority: authority.keys, objectionTo, findings });
  for (const { path } of forkedIn(bundles))
    findings.add("FORK", path, "two decisions have this place, and neither counts");
  return { authority, bundles, decisions, findings: findings.ofLevel("fail") };
}

function forkedIn(bundles: readonly Bundle[]): readonly Bundle[] {
  return [...Map.groupBy(bundles, placeOf).values()].flatMap(([first, second]) =>
    first !== undefined && second !== undefined ? [first] : [],
  );
}

/** Why a key of the authority may not sign this now; null when it may. Of what was reviewed it matters only what was rotated. */
export function refusalOfTurn(
  ruling: Ruling,
  bundle: Bundle,
  how: "handed in" | "reviewed",
): { readonly code: EvidenceCode; readonly message: string } | null {
  const { authority, bundles } = ruling;
  if (bundles.some(({ digest }) => digest === bundle.digest)) return null;
  const findings = createFindings();
  decisionsInForce([...bundles, bundle], { authority: authority.keys, objectionTo: () => null, findings });
  const late = findings
    .ofLevel("fail")
    .find(({ code, file }) => code === "KEY_AFTER_ROTATE" && file === bundle.path);
  if (late !== undefined) return { code: "KEY_AFTER_ROTATE", message: late.message };
  if (how === "reviewed" || bundle.keyid === authority.keys.at(-1)?.keyid || isHandover(ruling, bundle))
    return null;
  return {
    code: "EVENT_WRONG_SIGNER",
    message:
      "The partner's file pins another key of the authority now. An earlier one may only rotate to it, as the next event of the chain.",
  };
}

/** The earlier key's word that the pinned one follows it: both agree. */
function isHandover({ authority, bundles }: Ruling, { predicate }: Bundle): boolean {
  if (predicate.kind !== "authority" || predicate.event.type !== "rotate") return false;
  const head = bundles.at(-1);
  const { epoch, seq, prev } = predicate.chain;
  const last = head?.predicate.chain ?? { epoch: 0, seq: -1 };
  const isNext = epoch === last.epoch && seq === last.seq + 1 && prev === (head?.digest ?? null);
  const pinned = authority.keys.at(-1)?.bytes ?? new Uint8Array();
  return isNext && predicate.event.publicKey === Buffer.from(pinned).toString("hex");
}

function placeOf({ predicate: { chain } }: Bundle): string {
  return `${chain.epoch}-${chain.seq}`;
}
