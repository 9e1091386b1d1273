import type { Verdict } from "../statement.ts";
import { type Draft, happen, observe, type Step } from "./statements.ts";

/** How long a site of the tests was watched. */
export const DAYS = 90;
const SLOTS_A_DAY = 12;
const SLOT_MINUTES = 120;
const NEW_ASSIGNMENT_DAY = 30;
/** The second appliance sees nothing of its hosts, and then is away itself. */
const OUTAGE = { appliance: 1, blindDay: 40, goneDay: 41, backDay: 44 };
/** The first and the last appliance get new keys. */
const ROTATION_DAYS: readonly (number | null)[] = [45, null, 61];
/** The second appliance was set back once, and signed another bundle at a place that it had signed before. */
export const FORK = { appliance: 1, day: 70 };
/** The last appliance's snapshots need two files. */
const IN_PARTS = 2;

/** What one appliance sees and does, day by day. */
export class Days {
  readonly #index: number;
  readonly #random: () => number;
  readonly #resolved: string | null;
  readonly #steps: Step[] = [];
  #verdicts = new Map<string, Verdict>([
    ["ca", "pass"],
    ["cb", "pass"],
    ["cc", "error"],
  ]);
  #assignment = 0;
  #epoch = 0;
  #seq = 0;
  #minute = 0;

  /** Until its fork when it has one that is not resolved; else `resolved` is the decision's digest. */
  constructor(index: number, seed: number, resolved: string | null) {
    this.#index = index;
    this.#random = randomOf(seed);
    this.#resolved = resolved;
  }

  steps(): readonly Step[] {
    const isForked = this.#index === FORK.appliance;
    const end = isForked && this.#resolved === null ? FORK.day : DAYS;
    for (let slot = 0; slot < end * SLOTS_A_DAY; slot++) {
      this.#minute = slot * SLOT_MINUTES;
      this.#look(Math.floor(slot / SLOTS_A_DAY), slot % SLOTS_A_DAY === 0);
    }
    return this.#steps;
  }

  #look(day: number, isMorning: boolean): void {
    if (this.#index === OUTAGE.appliance && day >= OUTAGE.blindDay && day < OUTAGE.backDay) {
      if (day < OUTAGE.goneDay) this.#see(isMorning ? this.#everything("unknown") : []);
      return;
    }
    if (isMorning && this.#hasSnapshot(day)) this.#snapshot(day);
    else if (this.#random() < 0.1) this.#breakAndHeal();
    else this.#see([]);
  }

  #hasSnapshot(day: number): boolean {
    const isRotation = ROTATION_DAYS[this.#index] === day;
    const isBack = this.#index === OUTAGE.appliance && day === OUTAGE.backDay;
    return day % 7 === 0 || day === NEW_ASSIGNMENT_DAY || isRotation || isBack || this.#isResolved(day);
  }

  #isResolved(day: number): boolean {
    return this.#index === FORK.appliance && day === FORK.day;
  }

  #snapshot(day: number): void {
    if (ROTATION_DAYS[this.#index] === day) this.#rotate();
    if (this.#isResolved(day)) this.#openEpoch();
    if (day === NEW_ASSIGNMENT_DAY) this.#assignment = 1;
    if (this.#assignment === 1 && !this.#verdicts.has("cd")) this.#verdicts.set("cd", "fail");
    for (const [check, verdict] of this.#verdicts)
      if (verdict === "unknown") this.#verdicts.set(check, "pass");
    const rows = [...this.#verdicts];
    if (this.#index !== IN_PARTS) return this.#add(observe("snapshot", this.#assignment, rows));
    this.#add(observe("snapshot", this.#assignment, rows.slice(0, 2), { part: 1 }));
    this.#add(observe("snapshot", this.#assignment, rows.slice(2), { part: 2 }));
  }

  #rotate(): void {
    const assignment = this.#assignment;
    this.#add((draft: Draft) =>
      happen({ type: "rotate", publicKey: draft.kit.keys.rotated.publicKey, newEpoch: 1 }, assignment)(draft),
    );
    this.#openEpoch();
  }

  #openEpoch(): void {
    this.#epoch += 1;
    this.#seq = 0;
  }

  /** The fail is signed before the heal starts. One heal of four does not help. */
  #breakAndHeal(): void {
    this.#see([["ca", "fail"]]);
    const after = this.#random() < 0.75 ? "pass" : "fail";
    const rows = after === "pass" ? ([["ca", after]] as const) : [];
    this.#see(rows, [["ca", "fail", after]]);
  }

  #everything(verdict: Verdict): [string, Verdict][] {
    return [...this.#verdicts.keys()].map((check) => [check, verdict]);
  }

  #see(
    rows: readonly (readonly [string, Verdict])[],
    heals: readonly (readonly [string, Verdict, Verdict])[] = [],
  ): void {
    for (const [check, verdict] of rows) this.#verdicts.set(check, verdict);
    this.#add(observe("delta", this.#assignment, rows, { heals }));
  }

  #add(make: Step["make"]): void {
    const place = `${this.#epoch}-${this.#seq}`;
    const opener = this.#index === FORK.appliance && place === "1-0" ? this.#resolved : null;
    this.#steps.push({ place, minute: this.#minute, make, ...(opener === null ? {} : { prev: opener }) });
    this.#seq += 1;
    this.#minute += 1;
  }
}

/** Numbers from 0 up to but not including 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
