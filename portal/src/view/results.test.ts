import type { Snapshot, SiteView } from "@compline/core";
import { beforeAll, describe, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { checkPage } from "./check.ts";
import { type FleetEntry, fleetEntry } from "./fleet-entry.ts";
import { frameworkPage } from "./framework.ts";
import { healRows, outcomeText } from "./heals.ts";
import { hostPage } from "./host.ts";
import { siteNamed } from "./lookup.ts";
import { partnerPage } from "./partner.ts";
import { groupByVerdict, resultRows } from "./results.ts";

let snapshot: Snapshot;
let clinic: SiteView;
let fleet: readonly FleetEntry[];

beforeAll(async () => {
  snapshot = await makeFixture();
  fleet = snapshot.sites.map((site) => fleetEntry(snapshot, site));
  clinic = siteNamed(snapshot, "tidewell-clinic");
});

describe("results", () => {
  test("come worst verdict first, then by severity", () => {
    const rows = resultRows(snapshot, clinic);
    expect(rows.map(({ verdict }) => verdict).slice(0, 3)).toEqual(["fail", "fail", "pass"]);
    expect(rows.slice(0, 2).map(({ severity }) => severity)).toEqual(["High", "Medium"]);
    expect(groupByVerdict(rows).map(({ verdict, rows: of }) => [verdict, of.length])).toEqual([
      ["fail", 2],
      ["pass", 21],
      ["not_applicable", 1],
    ]);
  });

  test("say what was observed, what was expected and since when, counted to the snapshot's time", () => {
    const [row] = resultRows(snapshot, clinic);
    expect(row?.observed).toContainEqual({ name: "mode", value: "0666" });
    expect(row?.expected).toBe("not writable by group or others");
    expect(row?.sinceWords).toBe("for 2 days");
    expect(row?.bundle).toMatch(/^[0-9a-f]{64}$/);
  });

  test("say why there is neither pass nor fail", () => {
    const bench = siteNamed(snapshot, "workbench");
    const [error] = resultRows(snapshot, bench, ({ verdict }) => verdict === "error");
    expect(error?.reason).toBe("the appliance may not read this without more rights");
    expect(error?.reasonCode).toBe("NEEDS_PRIVILEGE");
  });

  test("show a reason nobody wrote a text for, instead of hiding it", () => {
    const results = clinic.results.map((result) => ({
      ...result,
      verdict: "error" as const,
      reason: "ODD_THING",
    }));
    expect(resultRows(snapshot, { ...clinic, results })[0]?.reason).toBe("odd thing");
  });

  test("say what happens next by rule, mode and kill switch", () => {
    const nextOf = (site: SiteView, partner = snapshot.partner): readonly string[] =>
      resultRows({ ...snapshot, partner }, site, ({ verdict }) => verdict === "fail").map(({ next }) => next);
    const healing = (mode: "off" | "dry-run"): SiteView => ({
      ...clinic,
      healing: { ...clinic.healing, mode },
    });
    const held =
      "Not healed before 23 Nov 2026, 22:00:00: outside the maintenance windows (says the appliance)";
    expect(nextOf(clinic)).toEqual(["No rule heals this: a person has to act", held]);
    const free = { ...clinic, results: clinic.results.map((result) => ({ ...result, held: null })) };
    expect(nextOf(free)[1]).toBe("The rule runs “Write the hardening settings”");
    expect(nextOf(healing("off"))[1]).toBe("Healing is off here: a person has to act");
    const dry = { ...healing("dry-run"), results: free.results };
    expect(nextOf(dry)[1]).toBe("Dry run: would run “Write the hardening settings”");
    const stopped = { ...snapshot.partner, killSwitch: { engaged: true, reason: "test" } };
    expect(nextOf(clinic, stopped)[1]).toBe("The kill switch is on: a person has to act");
  });

  test("say why a fail is not healed, also where it is not said what happens next", () => {
    const heldOf = (code: string, until: string | null): string | null | undefined =>
      resultRows(snapshot, {
        ...clinic,
        results: clinic.results.map((result) => ({ ...result, held: { code, until } })),
      })[1]?.held;
    expect(heldOf("FLAPPING", null)).toMatch(/^Not healed: the verdict changes back and forth/);
    expect(heldOf("OF_A_NEWER_AGENT", null)).toBe("Not healed: OF_A_NEWER_AGENT (says the appliance)");
  });

  test("promise no heal that the appliance will not try", () => {
    const nextOf = (changes: Partial<SiteView>): string | undefined =>
      resultRows(snapshot, { ...clinic, ...changes }, ({ verdict }) => verdict === "fail")[1]?.next;
    const boxes = (changes: object): Partial<SiteView> => ({
      appliances: clinic.appliances.map((box) => ({ ...box, ...changes })),
    });
    const healing = { mode: "off", reasons: ["HEAL_UNTIL_PASSED"] };
    expect(nextOf(boxes({ healing }))).toBe(
      "The appliance does not heal, because of its permission to heal having run out",
    );
    expect(nextOf(boxes({ state: "silent" }))).toMatch(/^Appliance \S+ is silent: a person has to see why$/);
    const result = clinic.results.filter(({ verdict }) => verdict === "fail");
    const given = clinic.heals.slice(0, 1).flatMap((heal) =>
      result.map(({ host, check }) => ({
        ...heal,
        host,
        check,
        outcome: "escalated" as const,
        endedAt: snapshot.asOf,
      })),
    );
    const results = clinic.results.map((each) => ({ ...each, held: null }));
    expect(nextOf({ heals: given, results })).toBe("Healing was given up: a person has to act");
  });

  test("say when what is not known will be known", () => {
    const nextOf = (reason: string): string | undefined => {
      const results = clinic.results.map((result) => ({ ...result, verdict: "unknown" as const, reason }));
      return resultRows(snapshot, { ...clinic, results })[0]?.next;
    };
    expect(nextOf("NEVER_SEEN")).toBe("Known once the appliance has looked");
    expect(nextOf("OLDER_CHECK")).toBe("Known once the appliance has looked");
    expect(nextOf("GAP")).toBe("Known again with the appliance's next snapshot");
    expect(nextOf("STALE")).toBe("A person has to see why it could not be looked at");
  });

  test("of a host or check that is gone from the repository are still shown", () => {
    const [first] = clinic.results;
    const results = [{ ...first, host: "01GONE", check: "gone-check" }] as SiteView["results"];
    const [row] = resultRows(snapshot, { ...clinic, results });
    expect(row?.host).toEqual({ text: "01GONE", url: "" });
    expect(row?.check).toEqual({ text: "gone-check", url: "" });
  });
});

describe("heals", () => {
  test("that left out a reload read configured, not reloaded", () => {
    expect(outcomeText({ outcome: "healed", skipped: ["reload:ssh"] })).toBe("Configured, not reloaded");
    expect(outcomeText({ outcome: "healed", skipped: [] })).toBe("Healed");
    expect(outcomeText({ outcome: "failed", skipped: ["reload:ssh"] })).toBe("Not healed");
  });

  test("that only told a person or only looked are not called healed", () => {
    expect(outcomeText({ outcome: "escalated", skipped: [] })).toBe("Passed on to a person");
    expect(outcomeText({ outcome: "dry_run", skipped: [] })).toBe("Dry run, nothing changed");
  });

  test("come newest first with before, after and both bundles", () => {
    const [heal, failed] = healRows(snapshot, clinic);
    expect(heal).toMatchObject({
      before: "fail",
      after: "pass",
      success: "part",
      runbook: "Turn off root login over SSH",
    });
    expect(heal?.changes).toEqual([{ name: "permit root login", before: "yes", after: "no" }]);
    expect(heal?.failBundle).not.toBe(null);
    expect(failed).toMatchObject({
      after: "fail",
      success: "none",
      detail: "looked at again afterwards, it did not pass",
    });
  });
});

describe("pages of one thing", () => {
  test("a host's page has its results and heals and no others", () => {
    const page = hostPage(snapshot, { site: "tidewell-clinic", host: "records" });
    expect(page.rows).toHaveLength(8);
    expect(new Set(page.rows.map((row) => row.host.text))).toEqual(new Set(["records"]));
    expect(page.heals).toHaveLength(2);
  });

  test("a check's page has its verdicts at every site and the controls it serves", () => {
    const page = checkPage(snapshot, fleet, "sshd-root-login");
    expect(page.score).toMatchObject({ total: 8, fail: 1 });
    expect(page.rows.map(({ verdict, host }) => [verdict, host.text])).toEqual([["fail", "this-machine"]]);
    const passes = page.verdicts.find(({ verdict }) => verdict === "pass");
    expect(passes?.sites.map(({ link, hosts }) => [link.url, hosts])).toContainEqual([
      "/sites/tidewell-clinic/results/#pass",
      3,
    ]);
    expect(passes?.sites.reduce((sum, { hosts }) => sum + hosts, 0)).toBe(passes?.count);
    expect(page.controls.map(({ id }) => id)).toEqual(["164.312(a)(1)", "164.312(a)(2)(i)", "LB-1"]);
    expect(page.controls[2]?.link.url).toBe("/frameworks/house-baseline/#c-lb-1");
  });

  test("the partner's page lists sites, frameworks in use and rules", () => {
    const page = partnerPage(snapshot, fleet);
    expect(page.sites).toHaveLength(5);
    expect(page.frameworks.map(({ sites }) => sites)).toEqual([5, 1]);
    expect(page.frameworks[1]?.score).toEqual(snapshot.sites[0]?.frameworkStatus["house-baseline"]?.score);
    expect(page.rules).toHaveLength(7);
  });

  test("names that no page was made for are bugs, not empty pages", () => {
    expect(() => hostPage(snapshot, { site: "nowhere", host: "x" })).toThrow("unreachable");
    expect(() => hostPage(snapshot, { site: "workbench", host: "x" })).toThrow("unreachable");
    expect(() => checkPage(snapshot, fleet, "x")).toThrow("unreachable");
    expect(() => frameworkPage(snapshot, { site: "workbench", framework: "x" })).toThrow("unreachable");
  });
});
