import { scoreOf, type SiteView, type Snapshot } from "@compline/core";
import { beforeAll, describe, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { applianceCards, isSilent } from "./appliance.ts";
import { type FleetPage, fleetPage, fleetRow } from "./fleet.ts";
import { siteNamed } from "./lookup.ts";
import { sitePage } from "./site.ts";

let snapshot: Snapshot;

beforeAll(async () => {
  snapshot = await makeFixture();
});

/** The snapshot with one site changed. */
function withSite(name: string, change: Partial<SiteView>): Snapshot {
  return {
    ...snapshot,
    sites: snapshot.sites.map((site) => (site.name === name ? { ...site, ...change } : site)),
  };
}

describe("the site page", () => {
  test("answers first: how many checks fail on how many hosts", () => {
    expect(sitePage(snapshot, "tidewell-clinic").answer).toBe("2 checks fail on 2 of 3 hosts.");
    expect(sitePage(snapshot, "workbench").answer).toBe("2 checks fail on 1 of 1 host.");
    expect(sitePage(snapshot, "harbour-dental").answer).toBe("Nothing that was looked at fails.");
  });

  test("never calls a site without a fail good when nothing could be looked at", () => {
    const silent = sitePage(snapshot, snapshot.sites[2]?.name);
    expect(silent.answer).toBe("Nothing is known here: there is no pass and no fail.");
    expect(silent.blind).toBe("Of 16 results, 16 are unknown.");
    expect(sitePage(snapshot, "quayside").answer).toBe("Nothing has been looked at here yet.");
  });

  test("says beside the answer what could not be looked at", () => {
    expect(sitePage(snapshot, "workbench").blind).toBe("Of 8 results, 2 could not be looked at.");
    expect(sitePage(snapshot, "tidewell-clinic").blind).toBe(null);
  });

  test("leads every framework with its coverage, beside the score", () => {
    const [hipaa] = sitePage(snapshot, "tidewell-clinic").frameworks;
    expect(hipaa?.coverage).toBe("8 of 23 controls of HIPAA Security Rule are looked at by this product");
    expect(hipaa?.score.pass).toBe(21);
  });

  test("says at what times healing is allowed", () => {
    expect(sitePage(snapshot, "tidewell-clinic").healing).toBe(
      "Healing here is set to full: heals whatever a rule covers, with at most medium risk. Only in the maintenance " +
        "windows: mon, tue, wed, thu, fri 22:00 to 04:00 (Europe/Berlin); sun 08:00 to 12:00 (Europe/Berlin).",
    );
    expect(sitePage(snapshot, "workbench").healing).toBe(
      "Healing here is set to off: looks and reports, changes nothing.",
    );
  });

  test("names each kill switch that stops healing here, with its reason", () => {
    const partner = { ...snapshot.partner, killSwitch: { engaged: true, reason: "a bad runbook" } };
    expect(sitePage({ ...snapshot, partner }, "harbour-dental").stops).toEqual([
      { where: "Lanternfish IT", reason: "a bad runbook" },
    ]);
    expect(sitePage(snapshot, snapshot.sites[2]?.name).stops).toMatchObject([
      { where: snapshot.sites[2]?.displayName },
    ]);
    expect(sitePage(snapshot, "harbour-dental").stops).toEqual([]);
  });

  test("says that evidence tells of a host that left, and that it counts for nothing", () => {
    const formerHosts = [{ id: "01J0000000000000000000GONE", results: 27, bundle: "b".repeat(64) }];
    const site = withSite("harbour-dental", { formerHosts });
    expect(sitePage(site, "harbour-dental").warnings).toContain(
      "Evidence tells of a host that is no longer declared here: 01J0000000000000000000GONE, 27 results up to bundle " +
        "bbbbbbbbbbbb. It is counted nowhere.",
    );
  });

  test("shows the first rows of a long list and how many more there are", () => {
    const [first] = siteNamed(snapshot, "tidewell-clinic").results.filter(
      ({ verdict }) => verdict === "fail",
    );
    const results = Array.from({ length: 40 }, (_, at) => ({
      ...first,
      host: `host-${at}`,
    })) as SiteView["results"];
    const page = sitePage(withSite("tidewell-clinic", { results }), "tidewell-clinic");
    expect(page.failing).toHaveLength(15);
    expect(page.moreFailing).toBe(25);
  });
});

describe("appliances", () => {
  test("are working, silent, or declared and not enrolled", () => {
    const cards = applianceCards(snapshot, siteNamed(snapshot, snapshot.sites[2]?.name));
    expect(cards.map(({ stateText }) => stateText)).toEqual([
      "Silent for 6 h 20 min",
      "Declared, not enrolled",
    ]);
    expect(applianceCards(snapshot, siteNamed(snapshot, "workbench"))[0]?.stateText).toBe("Working");
  });

  test("that never reported are silent, those not enrolled are not", () => {
    const [box] = siteNamed(snapshot, "workbench").appliances;
    if (box === undefined) throw new Error("unreachable: workbench has an appliance");
    expect([isSilent({ ...box, state: "never_seen" }), isSilent({ ...box, state: "not_enrolled" })]).toEqual([
      true,
      false,
    ]);
  });

  test("that do not take their assignment say so, since when, and what that means", () => {
    const site = siteNamed(snapshot, "harbour-dental");
    const stateSince = new Date(Date.parse(snapshot.asOf) - 95 * 60_000).toISOString();
    const appliances = site.appliances.map((box) => ({ ...box, state: "behind" as const, stateSince }));
    const changed = withSite(site.name, { appliances });
    expect(applianceCards(changed, siteNamed(changed, site.name))[0]).toMatchObject({
      state: "behind",
      stateText: "Does not take the assignment that was published for it, for 1 h 35 min",
    });
    expect(sitePage(changed, site.name).warnings).toEqual([
      "Appliance harbour-box does not take the assignment that was published for it, for 1 h 35 min: it works by the one before.",
    ]);
    const row = fleetOf(changed).rows.find(({ name }) => name === site.name);
    expect(row?.concerns.map(({ text }) => text)).toEqual([
      "appliance harbour-box does not take its assignment",
    ]);
  });

  test("say why healing is lowered, and whether their chain is whole", () => {
    const [card] = applianceCards(snapshot, siteNamed(snapshot, "workbench"));
    expect(card?.healingWhy).toBe(null);
    const [silent] = applianceCards(snapshot, siteNamed(snapshot, snapshot.sites[2]?.name));
    expect(silent?.healingWhy).toBe("the kill switch");
    expect(silent?.outbox).toMatch(
      /^\d+ bundles? when it was last heard from; what it signed since is not known$/,
    );
    expect(card?.chain).toBe("0-0 to 0-3, 4 bundles, no gap, no fork");
    expect(card?.newestBundle).toMatch(/^[0-9a-f]{64}$/);
    const site = siteNamed(snapshot, "workbench");
    const broken = site.appliances.map((box) => ({
      ...box,
      chain: box.chain && { ...box.chain, gaps: 1, forks: 2 },
    }));
    const [card2] = applianceCards(snapshot, { ...site, appliances: broken });
    expect(card2?.chain).toMatch(/1 gap, 2 forks$/);
    expect(card2?.chainWhole).toBe(false);
  });
});

function fleetOf(of: Snapshot): FleetPage {
  return fleetPage(of.sites.map((site) => ({ row: fleetRow(of, site) })));
}

describe("the fleet page", () => {
  test("ranks sites by need: high severity, silence, lower severity, unknown, not enrolled, nothing", () => {
    expect(fleetOf(snapshot).rows.map(({ name }) => name)).toEqual([
      "tidewell-clinic",
      "workbench",
      "saint-brannoc-community-hospice-and-rehabilitation-annexe",
      "quayside",
      "harbour-dental",
    ]);
  });

  test("says of a site with the kill switch on that healing is stopped, whatever its mode", () => {
    const healing = fleetOf(snapshot).rows.map((row) => row.healing);
    expect(healing).toEqual(["full", "off", "stopped", "off", "dry-run"]);
    const partner = { ...snapshot.partner, killSwitch: { engaged: true, reason: "test" } };
    expect(new Set(fleetOf({ ...snapshot, partner }).rows.map((row) => row.healing))).toEqual(
      new Set(["stopped"]),
    );
  });

  test("says the coverage of many frameworks in one line", () => {
    const [framework] = snapshot.frameworks;
    const ids = ["a", "b", "c", "d"];
    const frameworks = ids.map((id) => ({ ...(framework ?? { title: "", families: [] }), id }));
    const changed = { ...withSite("workbench", { frameworks: ids }), frameworks } as Snapshot;
    const row = fleetOf(changed).rows.find(({ name }) => name === "workbench");
    expect(row?.coverage).toEqual([{ text: "8 of 23, 4 frameworks", url: "/sites/workbench/#state" }]);
  });

  test("counts the sites that need somebody", () => {
    expect(fleetOf(snapshot).answer).toBe("4 of 5 sites need you now.");
    const calm = snapshot.sites.filter(({ name }) => name === "harbour-dental");
    expect(fleetOf({ ...snapshot, sites: calm }).answer).toBe("None of 1 site needs you now.");
    expect(fleetOf({ ...snapshot, sites: [] }).answer).toBe("No site is declared yet.");
  });

  test("names a gap in the evidence and links each concern to what it counts", () => {
    const site = siteNamed(snapshot, "harbour-dental");
    const appliances = site.appliances.map((box) => ({
      ...box,
      chain: box.chain && { ...box.chain, gaps: 1 },
    }));
    const row = fleetOf(withSite(site.name, { appliances })).rows.find(({ name }) => name === site.name);
    expect(row?.concerns.map(({ text }) => text)).toEqual([
      "the evidence chain of harbour-box has a gap or a fork",
    ]);
    const unknown = fleetOf(withSite(site.name, { score: scoreOf(["unknown", "error"]) })).rows.find(
      ({ name }) => name === site.name,
    );
    expect(unknown?.concerns.map(({ url }) => url)).toEqual([
      "/sites/harbour-dental/results/#unknown",
      "/sites/harbour-dental/results/#error",
    ]);
  });
});

test("a site's page warns of a silent or missing appliance and of a broken chain", () => {
  expect(sitePage(snapshot, snapshot.sites[2]?.name).warnings).toEqual([
    "Appliance brannoc-box: silent for 6 h 20 min. Nothing newer is known.",
    "Appliance brannoc-annexe-box-in-the-cabinet-behind-reception is declared, not enrolled: its hosts are not looked at.",
  ]);
  expect(sitePage(snapshot, "workbench").warnings).toEqual([]);
});

test("hosts that fail come first, and a very large site shows the first of them", () => {
  expect(sitePage(snapshot, "tidewell-clinic").hosts.map(({ host }) => host.name)).toEqual([
    "imaging",
    "records",
    "front-desk",
  ]);
  const [host] = siteNamed(snapshot, "tidewell-clinic").hosts;
  const hosts = Array.from({ length: 120 }, (_, at) => ({
    ...host,
    name: `host-${at}`,
  })) as SiteView["hosts"];
  const page = sitePage(withSite("tidewell-clinic", { hosts }), "tidewell-clinic");
  expect(page.hosts).toHaveLength(30);
  expect(page.moreHosts).toBe(90);
});
