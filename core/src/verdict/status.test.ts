import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../evidence/statement.ts";
import { type ControlIndex, indexControls, type JudgedControl } from "./control-index.ts";
import { scoreOf, WORST_FIRST } from "./score.ts";
import { type ControlState, controlStatuses, type HostCheck, partnerStatus, siteStatus } from "./status.ts";

const hipaa = {
  id: "hipaa",
  controls: [
    { id: "1", checks: ["ssh", "disk"] },
    { id: "2", checks: ["disk"] },
    { id: "3", checks: ["windows-only"] },
    { id: "4", shown: "attested" },
    { id: "5", shown: "not-assessed" },
  ],
} satisfies { id: string; controls: JudgedControl[] };
const soc2 = { id: "soc2", controls: [{ id: "CC1", checks: ["ssh"] }, { id: "CC2" }] };
const index = indexControls([hipaa, soc2]);

function seen(host: string, check: string, verdict: Verdict): HostCheck {
  return { host, check, verdict };
}

function statesOf(hostChecks: readonly HostCheck[]): Record<string, ControlState> {
  return Object.fromEntries(controlStatuses(index, "hipaa", hostChecks).map(({ id, state }) => [id, state]));
}

describe("a control", () => {
  it.each<[Verdict[], ControlState]>([
    [["pass", "fail", "error", "unknown"], "fail"],
    [["pass", "error", "unknown"], "error"],
    [["pass", "unknown", "not_applicable"], "unknown"],
    [["pass", "not_applicable"], "pass"],
    [["not_applicable"], "not_applicable"],
    [[], "not_assessed"],
  ])("whose host-checks are %j comes to %s", (verdicts, state) => {
    expect(statesOf(verdicts.map((verdict, at) => seen(`host ${at}`, "disk", verdict)))["2"]).toBe(state);
  });

  it("without a check is what is declared to show it, whatever was seen, and never a verdict", () => {
    expect(statesOf([seen("a", "ssh", "pass")])).toMatchObject({ 4: "attested", 5: "not_assessed" });
  });

  it("says why it is not assessed: that is declared, or its checks are for no host here", () => {
    const reasons = controlStatuses(index, "hipaa", [seen("a", "disk", "pass")]).map(({ reason }) => reason);
    expect(reasons).toEqual([null, null, "NO_HOST", null, "DECLARED"]);
  });

  it("that several hosts share says which of them fail, and by which check", () => {
    const [first] = controlStatuses(index, "hipaa", [
      seen("a", "ssh", "fail"),
      seen("a", "disk", "pass"),
      seen("b", "ssh", "pass"),
      seen("b", "disk", "fail"),
      seen("c", "ssh", "unknown"),
    ]);
    expect(first).toMatchObject({ state: "fail", hosts: 3 });
    expect(first?.score).toEqual(scoreOf(["fail", "pass", "pass", "fail", "unknown"]));
    expect(first?.failing).toEqual([
      { host: "a", check: "ssh" },
      { host: "b", check: "disk" },
    ]);
  });
});

describe("a framework", () => {
  it("counts its controls by state, and scores the host-checks behind them, each once", () => {
    const hostChecks = [seen("a", "ssh", "fail"), seen("a", "disk", "pass"), seen("b", "disk", "pass")];
    const { frameworkStatus } = siteStatus(index, ["hipaa", "soc2"], hostChecks);
    expect(frameworkStatus["hipaa"]?.controls).toEqual({
      pass: 1,
      fail: 1,
      error: 0,
      unknown: 0,
      notApplicable: 0,
      attested: 1,
      notAssessed: 2,
      total: 5,
    });
    expect(frameworkStatus["hipaa"]?.score).toEqual(scoreOf(["fail", "pass", "pass"]));
    expect(frameworkStatus["soc2"]?.score).toEqual(scoreOf(["fail"]));
  });

  it("that the library lacks is left out", () => {
    expect(siteStatus(index, ["nobody"], []).frameworkStatus).toEqual({});
    expect(controlStatuses(index, "nobody", [])).toEqual([]);
  });
});

const names = { host: ["a", "b", "c"], check: ["ssh", "disk", "logs", "time"] };
const anyVerdict = fc.constantFrom(...WORST_FIRST);
const anyHostChecks = fc.uniqueArray(
  fc.record({
    host: fc.constantFrom(...names.host),
    check: fc.constantFrom(...names.check),
    verdict: anyVerdict,
  }),
  { selector: ({ host, check }) => `${host} ${check}` },
);
const anyControls = fc
  .array(fc.uniqueArray(fc.constantFrom(...names.check)), { minLength: 1, maxLength: 5 })
  .map((lists) => lists.map((checks, at): JudgedControl => ({ id: `${at}`, checks })));
const anyFrameworks = fc
  .array(anyControls, { minLength: 1, maxLength: 3 })
  .map((lists) => lists.map((controls, at) => ({ id: `f${at}`, controls })));

/** A library, and a site that uses all of it. */
const anySite = fc.record({ frameworks: anyFrameworks, hostChecks: anyHostChecks });
const idsOf = (frameworks: readonly { readonly id: string }[]): readonly string[] =>
  frameworks.map(({ id }) => id);

/** The score of every part of a site, by name. */
function valuesOf(
  at: ControlIndex,
  frameworks: readonly string[],
  hostChecks: readonly HostCheck[],
): ReadonlyMap<string, number | null> {
  const { score, frameworkStatus } = siteStatus(at, frameworks, hostChecks);
  const parts = Object.entries(frameworkStatus).map(([name, status]) => [name, status.score.value] as const);
  return new Map([["site", score.value], ...parts]);
}

const anyRank = (state: ControlState): number => (WORST_FIRST as readonly ControlState[]).indexOf(state);

describe("a status", () => {
  it("is never lowered by one more pass", () => {
    fc.assert(
      fc.property(anySite, fc.constantFrom(...names.check), ({ frameworks, hostChecks }, check) => {
        const [at, of] = [indexControls(frameworks), idsOf(frameworks)];
        const before = valuesOf(at, of, hostChecks);
        const after = valuesOf(at, of, [...hostChecks, seen("another", check, "pass")]);
        for (const [part, value] of before) expect(after.get(part) ?? -1).toBeGreaterThanOrEqual(value ?? -1);
      }),
    );
  });

  it("does not depend on the order of host-checks, controls, frameworks and their names", () => {
    const shuffled = anySite.chain((site) =>
      fc.record({
        site: fc.constant(site),
        frameworks: fc.shuffledSubarray(site.frameworks, { minLength: site.frameworks.length }),
        hostChecks: fc.shuffledSubarray(site.hostChecks, { minLength: site.hostChecks.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ site, frameworks, hostChecks }) => {
        const turned = frameworks.map(({ id, controls }) => ({ id, controls: controls.toReversed() }));
        expect(siteStatus(indexControls(turned), idsOf(turned), hostChecks)).toEqual(
          siteStatus(indexControls(site.frameworks), idsOf(site.frameworks), site.hostChecks),
        );
      }),
    );
  });

  it("of nothing, and of what was never seen, is null everywhere", () => {
    fc.assert(
      fc.property(anySite, ({ frameworks, hostChecks }) => {
        const [at, of] = [indexControls(frameworks), idsOf(frameworks)];
        const unseen = hostChecks.map(({ host, check }) => seen(host, check, "unknown"));
        for (const all of [[], unseen]) {
          expect([...valuesOf(at, of, all).values()].every((value) => value === null)).toBe(true);
        }
      }),
    );
  });

  it("gets no better in any control when a host-check gets worse", () => {
    const worsened = anySite
      .filter(({ hostChecks }) => hostChecks.length > 0)
      .chain(({ frameworks, hostChecks }) =>
        fc.record({
          frameworks: fc.constant(frameworks),
          hostChecks: fc.constant(hostChecks),
          which: fc.nat({ max: hostChecks.length - 1 }),
          to: anyVerdict,
        }),
      );
    fc.assert(
      fc.property(worsened, ({ frameworks, hostChecks, which, to }) => {
        const one = hostChecks[which];
        fc.pre(one !== undefined && anyRank(to) < anyRank(one.verdict));
        const at = indexControls(frameworks);
        const worse = hostChecks.map((each) => (each === one ? { ...each, verdict: to } : each));
        for (const { id } of frameworks) {
          const after = controlStatuses(at, id, worse);
          for (const [nth, { state }] of controlStatuses(at, id, hostChecks).entries())
            expect(anyRank(after[nth]?.state ?? "pass")).toBeLessThanOrEqual(anyRank(state));
        }
      }),
    );
  });

  it("counts for a framework exactly the states of its controls", () => {
    fc.assert(
      fc.property(anySite, ({ frameworks, hostChecks }) => {
        const at = indexControls(frameworks);
        const { frameworkStatus } = siteStatus(at, idsOf(frameworks), hostChecks);
        for (const { id } of frameworks) {
          const states = controlStatuses(at, id, hostChecks).map(({ state }) => state);
          const count = (state: ControlState): number => states.filter((one) => one === state).length;
          expect(frameworkStatus[id]?.controls).toEqual({
            pass: count("pass"),
            fail: count("fail"),
            error: count("error"),
            unknown: count("unknown"),
            notApplicable: count("not_applicable"),
            attested: 0,
            notAssessed: count("not_assessed"),
            total: states.length,
          });
        }
      }),
    );
  });

  it("of a partner is the sum of its sites", () => {
    fc.assert(
      fc.property(anyFrameworks, fc.array(anyHostChecks, { maxLength: 3 }), (frameworks, of) => {
        const at = indexControls(frameworks);
        const sites = of.map((hostChecks) => siteStatus(at, idsOf(frameworks), hostChecks));
        const partner = partnerStatus(sites);
        const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
        for (const count of ["pass", "fail", "error", "unknown", "notApplicable", "total"] as const) {
          expect(partner.score[count]).toBe(sum(sites.map(({ score }) => score[count])));
          expect(partner.controls[count]).toBe(sum(sites.map(({ controls }) => controls[count])));
          for (const [id, { score }] of Object.entries(partner.frameworkStatus))
            expect(score[count]).toBe(sum(sites.map((site) => site.frameworkStatus[id]?.score[count] ?? 0)));
        }
        expect(partner.score.value).toBe(
          scoreOf(
            of.flatMap((one) =>
              one.filter(({ check }) => at.numbers.has(check)).map(({ verdict }) => verdict),
            ),
          ).value,
        );
      }),
    );
  });
});
