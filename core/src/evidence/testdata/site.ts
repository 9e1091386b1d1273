import { encodeTrust, type TrustFile } from "../trust.ts";
import type { Verdict } from "../statement.ts";
import { type Forgery, makeKit, type TestKit } from "./generator.ts";
import { makeIds } from "./identities.ts";
import { type Draft, happen, observe, type Step, timeAt } from "./statements.ts";

/** The evidence of a site: all files, and each appliance's part of them as a kit of its own that shares the files. */
export interface TestSite {
  readonly files: Map<string, Uint8Array>;
  readonly trust: TrustFile;
  readonly appliances: readonly TestKit[];
}

const APPLIANCES = 3;
const DAYS = 90;
const SLOTS_A_DAY = 12;
const SLOT_MINUTES = 120;
const NEW_ASSIGNMENT_DAY = 30;
/** The second appliance sees nothing of its hosts, and then is away itself. */
const OUTAGE = { appliance: 1, blindDay: 40, goneDay: 41, backDay: 44 };
/** The first and the last appliance get new keys. */
const ROTATION_DAYS: readonly (number | null)[] = [45, null, 61];

/**
 * A site of three appliances over 90 days: a heartbeat every two hours, deltas when something changed, snapshots every
 * week and after a new assignment, fails that are healed and heals that fail, an outage, two rotations.
 */
export async function makeSite(seed: number): Promise<TestSite> {
  const { partner, site } = makeIds(seed);
  const authority = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"; // RFC 8032's first
  const apart = await Promise.all(
    Array.from({ length: APPLIANCES }, (_, index) =>
      makeKit(seed * APPLIANCES + index, {
        ...honestMonths(new Days(index, seed * APPLIANCES + index)),
        ids: { partner, site },
        trust: (trust) => ({ ...trust, authority: { publicKey: authority, earlier: [] } }),
      }),
    ),
  );
  const trust = mergeTrust(apart);
  const files = new Map(apart.flatMap((kit) => [...kit.files]));
  files.set("trust.json", encodeTrust(trust));
  return { files, trust, appliances: apart.map((kit) => ({ ...kit, files, trust })) };
}

/** The same site with files of its own, to be bent. */
export function copySite(site: TestSite): TestSite {
  const files = new Map(site.files);
  return { ...site, files, appliances: site.appliances.map((kit) => ({ ...kit, files })) };
}

function honestMonths(days: Days): Forgery {
  return {
    take: 0,
    append: days.steps(),
    assignment: (assignment) => ({ ...assignment, healUntil: timeAt(DAYS * 24 * 60) }),
  };
}

function mergeTrust(kits: readonly TestKit[]): TrustFile {
  const [first] = kits;
  if (first === undefined) throw new Error("unreachable: a site has appliances");
  return {
    ...first.trust,
    keys: kits.flatMap(({ trust }) => trust.keys),
    assignments: kits.flatMap(({ trust }) => trust.assignments),
    heads: kits.map(({ ids, digests }) => {
      const [place, digest] = [...digests].at(-1) ?? ["", ""];
      const [epoch, seq] = place.split("-").map(Number);
      return { chain: ids.appliance, epoch: epoch ?? 0, seq: seq ?? 0, digest };
    }),
  };
}

/** What one appliance sees and does, day by day. */
class Days {
  readonly #index: number;
  readonly #random: () => number;
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

  constructor(index: number, seed: number) {
    this.#index = index;
    this.#random = randomOf(seed);
  }

  steps(): readonly Step[] {
    for (let slot = 0; slot < DAYS * SLOTS_A_DAY; slot++) {
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
    return day % 7 === 0 || day === NEW_ASSIGNMENT_DAY || isRotation || isBack;
  }

  #snapshot(day: number): void {
    if (ROTATION_DAYS[this.#index] === day) this.#rotate();
    if (day === NEW_ASSIGNMENT_DAY) this.#assignment = 1;
    if (this.#assignment === 1 && !this.#verdicts.has("cd")) this.#verdicts.set("cd", "fail");
    for (const [check, verdict] of this.#verdicts)
      if (verdict === "unknown") this.#verdicts.set(check, "pass");
    this.#add(observe("snapshot", this.#assignment, [...this.#verdicts]));
  }

  #rotate(): void {
    const assignment = this.#assignment;
    this.#add((draft: Draft) =>
      happen({ type: "rotate", publicKey: draft.kit.keys.rotated.publicKey, newEpoch: 1 }, assignment)(draft),
    );
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
    this.#steps.push({ place: `${this.#epoch}-${this.#seq}`, minute: this.#minute, make });
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
