import { describeHold } from "@compline/core/appliance";
import { toInstant } from "../clock.ts";
import type { ApplianceConfig } from "../state/appliance-config.ts";
import type { SavedStatus } from "../state/saved-status.ts";
import type { Pending } from "../state/keys.ts";
import type { Decision } from "../state/suspension.ts";
import type { ChainHead } from "../store/agent-store.ts";
import type { RoomUsage } from "../store/room.ts";
import { describeCeiling } from "./enrolment-text.ts";

/** What the database of an agent that does not run holds. */
export interface StoredState {
  readonly head: Pick<ChainHead, "epoch" | "seq" | "digest"> | null;
  readonly waiting: number;
  readonly refused: number;
  readonly room: RoomUsage;
  readonly assignment: string | null;
  readonly lastTime: number;
  readonly rotation: Pending | null;
}

/** Everything that `status` tells. */
export interface BoxStatus {
  readonly config: ApplianceConfig;
  /** Null before the first start. */
  readonly id: string | null;
  readonly saved: SavedStatus | null;
  readonly decision: Decision | null;
  /** Null while an agent runs. */
  readonly stored: StoredState | null;
  /** This machine's clock. */
  readonly now: number;
}

/** A clock that is this far behind the evidence is worth a word. */
const BEHIND_MS = 60_000;

/** All of it as text for people. */
export function printStatus(box: BoxStatus): string {
  const { config, id, saved } = box;
  const rows: readonly (readonly [string, string])[] = [
    ["chain", chainText(box)],
    ["outbox", outboxText(box)],
    ...roomRows(box),
    ["assignment", (box.stored === null ? saved?.report.assignment : box.stored.assignment) ?? "none yet"],
    ["healing", healingText(box)],
    ...heldRows(box),
    ["suspended", suspendedText(box)],
    ...overrideRows(box),
    ...rotationRows(box),
    ["ceiling", describeCeiling(config.ceiling)],
    ["controller", `${config.controller}, last answered ${saved?.lastContactAt ?? "never"}`],
    ["clock", clockText(box)],
    ["next look", nextText(box)],
  ];
  return [
    `${config.name}${id === null ? "" : ` (${id})`}: ${runningText(box)}`,
    ...rows.map(([name, text]) => `${name.padEnd(12)}${text}`),
  ].join("\n");
}

function runningText({ stored, saved }: BoxStatus): string {
  if (stored === null && saved === null) return "the agent runs and has said nothing yet";
  if (stored === null) return `the agent runs; this is as of ${saved?.effectiveNow}`;
  return `the agent does not run${saved === null ? "" : `; it was last at work ${saved.effectiveNow}`}`;
}

function chainText({ stored, saved }: BoxStatus): string {
  const head = stored === null ? (saved?.report.head ?? null) : stored.head;
  if (head === null || head.digest === null) return "no bundle yet";
  return `epoch ${head.epoch}, number ${head.seq}, digest ${head.digest}`;
}

function outboxText({ stored, saved }: BoxStatus): string {
  const waiting = stored?.waiting ?? saved?.report.outbox ?? 0;
  const refused = stored?.refused ?? saved?.refused ?? 0;
  const aside = refused === 0 ? "" : `; ${refused} refused by the controller and kept aside`;
  return `${waiting === 0 ? "empty" : `${waiting} waiting to be sent`}${aside}`;
}

/** What is given up when the outbox is full, said before it happens. */
function roomRows({ stored, saved }: BoxStatus): readonly (readonly [string, string])[] {
  const room = stored?.room ?? saved?.room;
  if (room === undefined) return [];
  const { bytes, quota, dropped } = room;
  const order =
    "when it is full go copies of what was sent, then attachments not sent, then the oldest " +
    "observations not sent, which a signed event names; events stay";
  return [
    ["room", `${megabytes(bytes)} of at most ${megabytes(quota)} MB taken`],
    ["", order],
    ...(dropped === 0 ? [] : [["", `${dropped} observations went so; the chain names them`] as const]),
  ];
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function healingText({ stored, saved }: BoxStatus): string {
  if (stored !== null) return "none: the agent does not run";
  if (saved === null) return "not known yet";
  const { mode, reasons } = saved.report.healing;
  return reasons.length === 0 ? mode : `${mode}, because of ${reasons.join(", ")}`;
}

/** What fails and is held back, each on a line; an agent that does not run heals nothing anyway. */
function heldRows({ stored, saved }: BoxStatus): readonly (readonly [string, string])[] {
  if (stored !== null || saved === null) return [];
  return saved.report.held.map((held) => [
    "",
    `${held.check} on ${held.host}: ${describeHold(held, (at) => at)}`,
  ]);
}

function overrideRows({ stored, saved }: BoxStatus): readonly (readonly [string, string])[] {
  const override = stored === null ? (saved?.report.override ?? null) : null;
  if (override === null) return [];
  const { since, until, reason } = override;
  return [["override", `since ${since}, until ${until} each fail may be healed once more: ${reason}`]];
}

function rotationRows({ stored, saved }: BoxStatus): readonly (readonly [string, string])[] {
  const rotation = stored === null ? (saved?.rotation ?? null) : stored.rotation;
  if (rotation === null) return [];
  const { publicKey, epoch, unsent } = rotation;
  const waits =
    unsent === 0
      ? "it waits for its review (`compline-agent rotate` prints what to merge)"
      : `${unsent} bundles by the key before have to be sent first: do not merge it yet`;
  return [["new key", `${publicKey}, from epoch ${epoch} on; ${waits}`]];
}

function suspendedText({ decision }: BoxStatus): string {
  if (decision === null) return "no";
  const { suspended, since, reason } = decision;
  return suspended ? `since ${since}: ${reason}` : `no; resumed ${since}: ${reason}`;
}

/** Evidence never goes back in time, so a clock that was set back is behind it for a while. */
function clockText({ now, stored, saved }: BoxStatus): string {
  const says = `this machine's says ${toInstant(now)}`;
  const latest = Math.max(stored?.lastTime ?? 0, saved === null ? 0 : Date.parse(saved.effectiveNow));
  if (latest - now < BEHIND_MS) return says;
  return `${says}, which is before the ${toInstant(latest)} of its evidence: one of the two is wrong`;
}

function nextText({ stored, saved }: BoxStatus): string {
  if (stored !== null) return "none: the agent does not run";
  return saved?.report.nextRunAt ?? "not known yet";
}
