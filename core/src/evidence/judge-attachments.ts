import type { Bundle } from "./chain.ts";
import type { Sha256 } from "./digest.ts";
import type { Findings } from "./finding.ts";
import type { KitFiles, VerifyMode } from "./kit-files.ts";
import { type Attachment, type Digest, isObservation } from "./statement.ts";

/**
 * Holds attached files against what the bundles that name them say, and says how many of those are not there. Answers
 * how many are as they were signed. FORMAT.md section 5.11.
 */
export function judgeAttachments(
  { attachments }: Pick<KitFiles, "attachments">,
  bundles: readonly Bundle[],
  tools: { readonly sha256: Sha256; readonly findings: Findings; readonly mode: VerifyMode },
): number {
  const named = Map.groupBy(bundles.flatMap(attachmentsOf), ({ digest }) => digest);
  const good = attachments.filter((given) => isAsSigned(given, named.get(given.digest) ?? [], tools));
  const given = new Set(attachments.map(({ digest }) => digest));
  const absent = [...named.keys()].filter((digest) => !given.has(digest));
  noteAbsent(absent, { of: named.size, dropped: droppedBy(bundles), ...tools });
  return good.length;
}

function attachmentsOf({ predicate }: Bundle): readonly Attachment[] {
  return isObservation(predicate) ? predicate.attachments : [];
}

/** What appliances say that they dropped before it was sent. */
function droppedBy(bundles: readonly Bundle[]): ReadonlySet<Digest> {
  const events = bundles.flatMap(({ predicate }) => (predicate.kind === "event" ? [predicate.event] : []));
  return new Set(events.flatMap((event) => (event.type === "loss" ? event.attachments : [])));
}

function isAsSigned(
  { file: { path, bytes }, digest }: KitFiles["attachments"][number],
  named: readonly Attachment[],
  { sha256, findings }: { readonly sha256: Sha256; readonly findings: Findings },
): boolean {
  if (named.length === 0) {
    findings.add("OTHER_FILES", null, `${path}: no bundle names it`);
    return false;
  }
  const found = sha256(bytes);
  const other = named.find(({ size }) => size !== bytes.length);
  if (found !== digest) findings.add("CHANGED_ATTACHMENT", path, `its digest is ${found}`);
  else if (other !== undefined)
    findings.add("CHANGED_ATTACHMENT", path, `it has ${bytes.length} bytes, signed is ${other.size}`);
  else return true;
  return false;
}

function noteAbsent(absent: readonly Digest[], { of, dropped, findings, mode }: Absence): void {
  if (absent.length === 0) return;
  const told = absent.filter((digest) => dropped.has(digest)).length;
  // Single bundles come without what belongs to them; a kit has all that there is.
  const why = mode === "kit" ? "are not here: erased or never received" : "were not given";
  const said = told === 0 ? "" : `; the appliance says of ${told} that it dropped them`;
  findings.add("ATTACHMENTS_NOT_GIVEN", null, `${absent.length} of ${of} attached files ${why}${said}`);
}

interface Absence {
  /** How many are named. */
  readonly of: number;
  readonly dropped: ReadonlySet<Digest>;
  readonly findings: Findings;
  readonly mode: VerifyMode;
}
