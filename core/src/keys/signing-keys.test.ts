import * as fc from "fast-check";
import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { keyidOf } from "../evidence/digest.ts";
import {
  type KeyEvent,
  type KeyHolder,
  type KeyMoment,
  type KeyPeriod,
  type KeyState,
  signingKeys,
} from "./signing-keys.ts";

const authority: KeyHolder = { kind: "authority" };
const box: KeyHolder = { kind: "appliance", id: "01J0000000000000000000BXA1", name: "box", site: "S" };
const key = (n: number): string => n.toString(16).padStart(2, "0").repeat(32);
const keyid = (n: number): string => keyidOf(hexToBytes(key(n)));

function moment(hour: number): KeyMoment {
  return { at: new Date(Date.UTC(2026, 10, 23, hour)).toISOString(), revision: null, size: hour };
}

function period(holder: KeyHolder, n: number, from: number, to: number | null = null): KeyPeriod {
  return {
    holder,
    keyid: keyid(n),
    publicKey: key(n),
    from: moment(from),
    to: to === null ? null : moment(to),
  };
}

function rotate(n: number, next: number, hour: number): KeyEvent {
  return {
    event: { type: "rotate", keyid: keyid(n), publicKey: key(next) },
    digest: `rotation of ${n}`,
    moment: moment(hour),
  };
}

function revoke(n: number, hour: number, lastTrusted: string | null = null): KeyEvent {
  return {
    event: { type: "revoke", keyid: keyid(n), lastTrusted, compromisedAt: null, reason: "BOX_STOLEN" },
    digest: `revocation of ${n}`,
    moment: moment(hour),
  };
}

/** State and hours of each key. */
function told(periods: readonly KeyPeriod[], ...events: readonly KeyEvent[]) {
  return signingKeys({ periods, events }).map(
    ({ state, since, until }): [KeyState, number | null, number | null] => [
      state,
      since.size,
      until?.size ?? null,
    ],
  );
}

describe("who may sign what", () => {
  it.each<[string, readonly KeyPeriod[], readonly KeyEvent[], ReturnType<typeof told>]>([
    ["a key that git has", [period(box, 1, 2)], [], [["signs", 2, null]]],
    ["a key that git had", [period(box, 1, 2, 5)], [], [["removed", 2, 5]]],
    [
      "a key that another took the place of",
      [period(box, 1, 2, 5), period(box, 2, 5)],
      [],
      [
        ["replaced", 2, 5],
        ["signs", 5, null],
      ],
    ],
    [
      "a key that named its successor before git had it",
      [period(authority, 1, 2, 5), period(authority, 2, 5)],
      [rotate(1, 2, 4)],
      [
        ["rotated", 2, 4],
        ["signs", 5, null],
      ],
    ],
    [
      "a key that named a successor which git never had",
      [period(box, 1, 2)],
      [rotate(1, 2, 4)],
      [["rotated", 2, 4]],
    ],
    [
      "a key that is revoked while git still has it",
      [period(box, 1, 2)],
      [revoke(1, 6)],
      [["revoked", 2, 6]],
    ],
    [
      "a key that git dropped before it was revoked",
      [period(box, 1, 2, 5)],
      [revoke(1, 6)],
      [["revoked", 2, 5]],
    ],
    ["a key that was revoked before git had it", [period(box, 1, 7)], [revoke(1, 6)], [["revoked", 7, 7]]],
    ["another key's revocation", [period(box, 1, 2)], [revoke(2, 6)], [["signs", 2, null]]],
    [
      "a key that came back",
      [period(box, 1, 2, 5), period(box, 1, 7)],
      [],
      [
        ["replaced", 2, 5],
        ["signs", 7, null],
      ],
    ],
  ])("%s", (_, periods, events, expected) => {
    expect(told(periods, ...events)).toEqual(expected);
  });

  it("of a key that moved says so at the site that it left, and how it stands at the other", () => {
    const next: KeyHolder = { ...box, site: "T" };
    expect(told([period(box, 1, 2, 5), period(next, 1, 5)])).toEqual([
      ["moved", 2, 5],
      ["signs", 5, null],
    ]);
    expect(told([period(box, 1, 2, 5), period(next, 1, 5)], revoke(1, 6))).toEqual([
      ["moved", 2, 5],
      ["revoked", 5, 6],
    ]);
  });

  it("of several revocations says the last", () => {
    const [found] = signingKeys({
      periods: [period(box, 1, 2)],
      events: [revoke(1, 3, "a"), revoke(1, 4, "b")],
    });
    expect(found?.revocation).toMatchObject({ lastTrusted: "b", digest: "revocation of 1" });
  });

  it("names the authority first, then the log, assignments, and appliances by name", () => {
    const named = (name: string): KeyHolder => ({ kind: "appliance", id: name, name, site: "S" });
    const holders: readonly KeyHolder[] = [
      named("front"),
      { kind: "assignments" },
      named("back"),
      { kind: "log", origin: "log.example" },
      authority,
    ];
    const periods = holders.map((holder, n) => period(holder, n, 1));
    const kinds = signingKeys({ periods, events: [] }).map(({ holder }) =>
      holder.kind === "appliance" ? holder.name : holder.kind,
    );
    expect(kinds).toEqual(["authority", "log", "assignments", "back", "front"]);
  });

  it("lists each period once, ends none before it began, and leaves a key without an end exactly when it signs", () => {
    const periods = fc.array(
      fc.tuple(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 0, max: 9 }),
        fc.option(fc.integer({ min: 0, max: 9 })),
      ),
    );
    fc.assert(
      fc.property(periods, fc.array(fc.integer({ min: 1, max: 5 })), (given, revoked) => {
        const all = given.map(([n, from, for_]) => period(box, n, from, for_ === null ? null : from + for_));
        const keys = signingKeys({ periods: all, events: revoked.map((n) => revoke(n, 2 * n)) });
        expect(keys).toHaveLength(all.length);
        for (const { since, until, state } of keys) {
          expect(until === null).toBe(state === "signs");
          expect((until?.size ?? 99) >= (since.size ?? 0)).toBe(true);
        }
      }),
    );
  });
});
