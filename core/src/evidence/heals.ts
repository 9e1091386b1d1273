import type { ReadAssignment } from "./assignment.ts";
import type { ContentCode, RemarkCode } from "./codes.ts";
import { beyondLimits } from "./heal-limits.ts";
import { pairKey } from "./state.ts";
import type { HealRecord, Verdict } from "./statement.ts";
import { isInWindow } from "./window.ts";

/** What a bundle's heals are judged against; null where it is not known. */
export interface HealContext {
  readonly read: Pick<ReadAssignment, "assignment" | "limits" | "digest"> | null;
  readonly suspended: boolean;
  /** The verdict before the bundle, undefined when the state or the pair is not known. */
  readonly before: (host: string, check: string) => Verdict | undefined;
  /** The verdict after the bundle, likewise. */
  readonly after: (host: string, check: string) => Verdict | undefined;
}

/** Tells about one heal. */
export type HealReport = (
  code: ContentCode | Extract<RemarkCode, "HEAL_LIMITS_NOT_GIVEN">,
  message: string,
) => void;

/** Judges the heals of one bundle (or of all parts of one), in their order. FORMAT.md section 2.4. */
export function judgeHeals(heals: readonly HealRecord[], context: HealContext, tell: HealReport): void {
  for (const heal of heals) {
    judgeClaim(heal, tell);
    if (context.read !== null) judgePermission(heal, context.read, context.suspended, tell);
  }
  for (const ofPair of Map.groupBy(heals, ({ host, check }) => pairKey(host, check)).values()) {
    judgeSequence(ofPair, context, tell);
  }
}

function judgeClaim(heal: HealRecord, tell: HealReport): void {
  if (heal.outcome === "healed" && heal.after !== "pass") {
    tell(
      "HEAL_NOT_VERIFIED",
      `${describe(heal)} is called healed, after it the verdict is ${heal.after ?? "not stated"}`,
    );
  }
  if (heal.before === "pass") tell("HEAL_CONTRADICTS_RESULTS", `${describe(heal)} begins at a pass`);
}

function judgePermission(
  heal: HealRecord,
  { assignment, limits, digest }: NonNullable<HealContext["read"]>,
  suspended: boolean,
  tell: HealReport,
): void {
  const { runbooks, healing, healUntil } = assignment;
  const declared = heal.runbook === null ? null : (runbooks[heal.runbook] ?? "none");
  if (declared !== heal.runbookDigest) {
    tell(
      "HEAL_UNDECLARED_RUNBOOK",
      `${describe(heal)} ran ${heal.runbook} ${heal.runbookDigest}, declared is ${declared}`,
    );
  }
  // What only told a person, or only tried, changed nothing on the host.
  const mode = healing.killSwitch === true ? "off" : healing.mode;
  if (heal.outcome === "escalated" || (heal.outcome === "dry_run" && mode !== "off")) return;
  const off = mode === "off" || mode === "dry-run";
  if (off || suspended)
    tell("HEAL_WHILE_OFF", `${describe(heal)} ran while healing was ${off ? mode : "suspended"}`);
  if (heal.startedAt > healUntil)
    tell("HEAL_PAST_HEAL_UNTIL", `${describe(heal)} started after ${healUntil}`);
  if (!isInWindow(healing.windows, heal.startedAt))
    tell("HEAL_OUTSIDE_WINDOW", `${describe(heal)} started outside every maintenance window`);
  if (heal.outcome !== "dry_run") judgeLimits(heal, { limits, digest }, tell);
}

function judgeLimits(
  heal: HealRecord,
  { limits, digest }: Pick<ReadAssignment, "limits" | "digest">,
  tell: HealReport,
): void {
  if (limits === null)
    return tell("HEAL_LIMITS_NOT_GIVEN", `assignment ${digest} does not say what its rules and runbooks are`);
  const beyond = beyondLimits(heal, limits);
  if (beyond !== null) tell("HEAL_NOT_ALLOWED", `${describe(heal)} ${beyond}`);
}

/** Heals of one pair: the first begins at the state before, each next where the last one ended, the last ends at the state after. */
function judgeSequence(heals: readonly HealRecord[], context: HealContext, tell: HealReport): void {
  let verdict: Verdict | undefined;
  for (const heal of heals) {
    const expected = verdict ?? context.before(heal.host, heal.check);
    if (expected !== undefined && heal.before !== expected) {
      tell(
        "HEAL_CONTRADICTS_RESULTS",
        `${describe(heal)} begins at ${heal.before}, the verdict was ${expected}`,
      );
    }
    // Without a re-check the verdict is what it was.
    verdict = heal.after ?? heal.before;
    if (heal !== heals.at(-1) || heal.after === null) continue;
    const final = context.after(heal.host, heal.check);
    if (final !== undefined && final !== heal.after) {
      tell("HEAL_CONTRADICTS_RESULTS", `${describe(heal)} ends at ${heal.after}, the verdict is ${final}`);
    }
  }
}

function describe(heal: HealRecord): string {
  return `the heal of ${heal.check} on ${heal.host} at ${heal.startedAt}`;
}
