import type { EngagedKillSwitch, Graph } from "@compline/core";
import type { LabReport } from "@compline/schemas";
import { ControllerError, isRetryable, messageOf } from "../errors.ts";
import type { Mirror } from "../source/mirror.ts";
import type { Acceptance } from "../store/contract.ts";
import type { Finding } from "./conditions.ts";
import type { LoadedRevision, Loader } from "./load.ts";

/** A partner that is in force, at its own revision. */
export interface LivePartner {
  readonly name: string;
  readonly source: string;
  readonly revision: string;
  readonly graph: Graph;
  /** What the lab's drills came to, as that revision says. */
  readonly lab: LabReport | null;
}

/** What one source comes to after a look at it. */
export interface SourceOutcome {
  /** The revision of the library in force; null when none was ever accepted. */
  readonly revision: string | null;
  readonly live: readonly LivePartner[];
  readonly findings: readonly Finding[];
  /** Engaged in the newest tree, also when that tree is refused; null when it could not be read. */
  readonly killSwitches: readonly EngagedKillSwitch[] | null;
  /** What came into force with this look; to be recorded before anything of it is published. */
  readonly accepted: readonly Omit<Acceptance, "acceptedAt" | "commits">[];
}

/** One source: its mirror, and what it loads with. */
export interface Source {
  readonly mirror: Mirror;
  readonly loader: Loader;
}

/** What was accepted before, of one source. */
export interface KnownRevisions {
  readonly library: string | null;
  readonly partners: ReadonlyMap<string, string>;
}

/** What was accepted of a source in the order of its history. */
export function inHistory<A extends Acceptance>(acceptances: readonly A[], source: string): readonly A[] {
  return acceptances
    .filter((acceptance) => acceptance.source === source)
    .toSorted((a, b) => a.commits - b.commits);
}

/** The newest accepted revision of the library and of each partner of a source. */
export function knownRevisions(acceptances: readonly Acceptance[], source: string): KnownRevisions {
  const own = inHistory(acceptances, source);
  return {
    library: own.findLast(({ partner }) => partner === null)?.revision ?? null,
    partners: new Map(
      own.flatMap(({ partner, revision }) => (partner === null ? [] : [[partner, revision]])),
    ),
  };
}

/**
 * Looks at a source: brings its branch here, judges the tree, and tells what is in force now. The accepted revision
 * only moves forward. A fault in the library holds all; a fault in a partner's tree holds that partner; what is held
 * stays at its last good revision. Never throws for what is wrong with the source: that is a finding. `head` is what
 * the branch was found to point at a moment ago; null asks.
 */
export async function lookAt(
  source: Source,
  known: KnownRevisions,
  head: string | null = null,
): Promise<SourceOutcome> {
  const { name } = source.mirror.address;
  const seen = await see(source, known, head);
  if ("refusal" in seen || !seen.loaded.librarySound) {
    const refusal = "refusal" in seen ? seen.refusal : libraryFault(seen.loaded);
    const killSwitches = seen.loaded?.killSwitches ?? null;
    return { ...(await held(source, known, { subject: `source/${name}`, ...refusal })), killSwitches };
  }
  return await advance(source, known, seen.loaded);
}

type Refusal = Omit<Finding, "subject">;

type Seen =
  | { readonly loaded: LoadedRevision }
  | { readonly refusal: Refusal; readonly loaded: LoadedRevision | null };

async function see({ mirror, loader }: Source, known: KnownRevisions, found: string | null): Promise<Seen> {
  try {
    const head = await bring(mirror, found);
    const { loaded, isForward } = await repaired(mirror, async () => ({
      loaded: await loader.load(head),
      isForward: known.library === null || (await mirror.descends(head, known.library)),
    }));
    if (isForward) return { loaded };
    const refusal = {
      state: "stalled",
      reason: "NOT_DESCENDANT",
      detail: head,
      revision: known.library,
    } as const;
    return { refusal, loaded };
  } catch (error) {
    return { refusal: unreadable(error, known), loaded: null };
  }
}

function unreadable(error: unknown, { library }: KnownRevisions): Refusal {
  const wrong = isRetryable(error)
    ? ({ state: "retrying", reason: "SOURCE_UNREACHABLE" } as const)
    : ({ state: "stalled", reason: "TREE_UNREADABLE" } as const);
  return { ...wrong, detail: messageOf(error), revision: library };
}

async function bring(mirror: Mirror, found: string | null): Promise<string> {
  const head = found ?? (await mirror.remoteHead());
  return (await mirror.has(head)) ? head : await mirror.fetch();
}

/**
 * What reads the mirror, and once more from a new mirror when the first one is damaged: all it holds is a copy.
 * Throws what `read` throws.
 */
async function repaired<T>(mirror: Mirror, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isDamage(error)) throw error;
    await mirror.renew();
    return await read();
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof ControllerError && (error.code === "GIT_FAILED" || error.code === "GIT_OBJECT");
}

function libraryFault(loaded: LoadedRevision): Refusal {
  const { revision } = loaded;
  return { state: "stalled", reason: "LIBRARY_FAULT", detail: describeFaults(loaded, ""), revision };
}

/** The revision, how many errors there are, and where the first one is; `under` limits them to a folder. */
function describeFaults({ revision, diagnostics }: LoadedRevision, under: string): string {
  const errors = diagnostics.filter(({ severity, file }) => severity === "error" && file.startsWith(under));
  const [first] = errors;
  if (first === undefined) return revision.slice(0, 12);
  const place = `${first.file}:${first.line}:${first.column} ${first.code}`;
  return `${revision.slice(0, 12)} (${errors.length} in all, the first at ${place})`;
}

/** What becomes of the partners with a new tree. */
export interface Division {
  /** Come into force with it. */
  readonly sound: readonly string[];
  /** Are faulty in it. */
  readonly faulty: readonly string[];
  /** Are in force, and stay as they are. All others that are in force go. */
  readonly kept: readonly string[];
}

/**
 * Divides the partners: a fault in the library keeps all that are in force, a fault in a partner's tree keeps that
 * one. The plan and the reconciler both go by this.
 */
export function divide({ librarySound, partners }: LoadedRevision, inForce: ReadonlySet<string>): Division {
  const named = (state: "sound" | "faulty"): string[] =>
    [...partners].flatMap(([name, found]) => (found === state ? [name] : []));
  const faulty = named("faulty");
  if (!librarySound) return { sound: [], faulty, kept: [...inForce] };
  return { sound: named("sound"), faulty, kept: faulty.filter((name) => inForce.has(name)) };
}

/** Names of the partners in force; not looked up when nothing of the new tree is faulty. */
async function inForce(
  source: Source,
  known: KnownRevisions,
  { partners }: LoadedRevision,
): Promise<ReadonlySet<string>> {
  if (![...partners.values()].includes("faulty")) return new Set();
  return new Set(await heldNames(source, known));
}

/** What a source comes to that could not be read: everything stays as it was accepted. */
export async function heldBy(
  source: Source,
  known: KnownRevisions,
  error: unknown,
): Promise<Omit<SourceOutcome, "killSwitches">> {
  return await held(source, known, {
    subject: `source/${source.mirror.address.name}`,
    ...unreadable(error, known),
  });
}

/** Everything stays as it was accepted. */
async function held(
  source: Source,
  known: KnownRevisions,
  finding: Finding,
): Promise<Omit<SourceOutcome, "killSwitches">> {
  return {
    revision: known.library,
    live: await heldPartners(source, known),
    findings: [finding],
    accepted: [],
  };
}

/**
 * The partners of the last accepted tree, each at its own last accepted revision. A partner that is not in that tree
 * any more is not in force.
 */
export async function heldPartners(source: Source, known: KnownRevisions): Promise<readonly LivePartner[]> {
  const names = await heldNames(source, known);
  return await Promise.all(names.map((name) => liveAt(source, name, known.partners.get(name))));
}

async function heldNames(source: Source, known: KnownRevisions): Promise<readonly string[]> {
  if (known.library === null) return [];
  const { partners } = await source.loader.load(known.library);
  return [...partners.keys()].filter((name) => known.partners.has(name));
}

/** A partner at a revision of its source. */
export async function liveAt({ mirror, loader }: Source, name: string, revision = ""): Promise<LivePartner> {
  const { graph, lab } = await loader.load(revision);
  return { name, source: mirror.address.name, revision, graph, lab };
}

/** The new tree comes into force, but for partners that are faulty in it. */
async function advance(
  source: Source,
  known: KnownRevisions,
  loaded: LoadedRevision,
): Promise<SourceOutcome> {
  const { name } = source.mirror.address;
  const { revision, graph, lab } = loaded;
  const { sound, faulty, kept } = divide(loaded, await inForce(source, known, loaded));
  const live = [
    ...sound.map((partner) => ({ name: partner, source: name, revision, graph, lab })),
    ...(await Promise.all(kept.map((partner) => liveAt(source, partner, known.partners.get(partner))))),
  ];
  const moved = sound.filter((partner) => known.partners.get(partner) !== revision);
  const changed = [...(known.library === revision ? [] : [null]), ...moved];
  return {
    revision,
    live,
    findings: [
      { subject: `source/${name}`, state: "good", reason: "ACCEPTED", revision },
      ...sound.map((partner) => partnerFinding(partner, { state: "good", reason: "ACCEPTED", revision })),
      ...faulty.map((partner) =>
        partnerFinding(partner, {
          state: "stalled",
          reason: "PARTNER_FAULT",
          detail: describeFaults(loaded, `sites/${partner}/`),
          revision: known.partners.get(partner) ?? null,
        }),
      ),
    ],
    killSwitches: loaded.killSwitches,
    accepted: changed.map((partner) => ({ source: name, partner, revision })),
  };
}

function partnerFinding(name: string, finding: Refusal): Finding {
  return { subject: `partner/${name}`, ...finding };
}
