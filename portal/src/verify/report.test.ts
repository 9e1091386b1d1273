import {
  EVIDENCE_TEXTS,
  type EvidenceCode,
  nobleEngine,
  type Snapshot,
  type Verification,
  verifyBundles,
} from "@compline/core";
import { beforeAll, describe, expect, test } from "vitest";
import { CHECK_GROUPS } from "../content/verify-texts.ts";
import { makeFixture } from "../fixture/snapshot.ts";
import { withoutSharedFolder } from "./collect.ts";
import { chooseEngine } from "./engine.ts";
import { fetchBundle } from "./fetch-bundle.ts";
import { reportOf } from "./report.ts";

let snapshot: Snapshot;
let served: Map<string, Uint8Array<ArrayBuffer>>;

beforeAll(async () => {
  snapshot = await makeFixture();
  const { copies } = await import("../build/copies.ts");
  const files = [
    { path: "/trust.json", text: snapshot.trust },
    ...snapshot.sites.flatMap((site) => copies({ site, assignments: snapshot.assignments })),
  ];
  served = new Map(files.map(({ path, text }) => [path, new TextEncoder().encode(text)]));
});

const fetchFile = async (path: string): Promise<Uint8Array<ArrayBuffer> | null> => served.get(path) ?? null;
const by = { engine: "browser", about: "bundle", ms: 90 } as const;

async function verifyOne(digest: string): Promise<Verification> {
  return verifyBundles({
    files: await fetchBundle(digest, fetchFile),
    trust: null,
    engine: nobleEngine(),
    mode: "bundles",
  });
}

describe("fetching a bundle", () => {
  test("takes the trust file, the bundles back to the last snapshot, and the assignment", async () => {
    const bundle = snapshot.sites[0]?.bundles.find(({ chain }) => chain.seq === 3);
    const paths = (await fetchBundle(bundle?.digest ?? "", fetchFile)).map(({ path }) => path);
    expect(paths).toHaveLength(1 + 4 + 1);
    expect(paths[0]).toBe("trust.json");
    expect(paths.at(-1)).toBe(`assignments/${bundle?.assignment}.json`);
  });

  test("stops where a bundle has no file, and leaves it to the verifier to say so", async () => {
    const bundles = snapshot.sites[0]?.bundles ?? [];
    const wanted = bundles.find(({ chain }) => chain.seq === 3);
    const hidden = bundles.find(({ chain }) => chain.seq === 1);
    const some = async (path: string): Promise<Uint8Array<ArrayBuffer> | null> =>
      path.includes(hidden?.digest ?? "") ? null : fetchFile(path);
    const files = await fetchBundle(wanted?.digest ?? "", some);
    expect(files.filter(({ path }) => path.startsWith("evidence/"))).toHaveLength(2);
  });
});

describe("the report", () => {
  test("of a good bundle names the trust file first and every check with its number", async () => {
    const report = reportOf(await verifyOne(snapshot.sites[0]?.heals[0]?.bundle ?? ""), by);
    expect(report.trust.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(report.trust.source).toContain("Trust given by the evidence itself");
    expect(report.sentence).toContain("Verified: this bundle and the 10 before it were signed");
    const undone = report.performed.filter(({ result }) => result !== "good").map(({ title }) => title);
    expect(undone).toEqual([
      "The assignment follows from reviewed files",
      "Exceptions were given for this, in time, and by another than who asked",
      "Attached files are those that the appliances signed",
      "Each bundle is in the log, and the log showed one history",
      "Blocks of Bitcoin show since when the log has existed",
    ]);
    expect(report.facts.map(({ term }) => term)).toEqual(["Chain"]);
    expect(report.performed[2]?.done).toBe("11 signatures good");
    expect(report.unchecked.map(({ code }) => code)).toContain("TRUST_FROM_KIT");
    expect(report.how).toContain("this browser's own Ed25519");
  });

  test("of a bundle alone says which checks were not done", async () => {
    const first = snapshot.sites[0]?.bundles.at(-1)?.digest ?? "";
    const report = reportOf(await verifyOne(first), by);
    expect(report.sentence).toContain("Verified: this bundle was signed by a key");
    expect(report.performed.find(({ title }) => title.startsWith("Each bundle follows"))?.result).toBe(
      "not-done",
    );
  });

  test("of a damaged bundle says so first and puts each finding beside its check", async () => {
    const digest = snapshot.sites[0]?.heals[0]?.bundle ?? "";
    const path = `/evidence/${digest}.dsse.json`;
    const good = served.get(path) ?? new Uint8Array();
    const bad = good.slice();
    const at = bad.length - 60; // inside the signature
    bad[at] = bad[at] === 65 ? 66 : 65;
    served.set(path, bad);
    const report = reportOf(await verifyOne(digest), by);
    served.set(path, good);
    expect(report.outcome).toBe("failed");
    expect(report.sentence).toMatch(/^Not verified: \d+ things? wrong/);
    const found = report.performed.flatMap(({ findings }) => findings);
    expect(found.some(({ code, file }) => code === "BAD_SIGNATURE" && file === path.slice(1))).toBe(true);
  });

  test("of a kit names the bundles to look at, and says where there was nothing to check", async () => {
    const verification = await verifyOne(snapshot.sites[0]?.heals[0]?.bundle ?? "");
    const kit = {
      schemaVersion: "1",
      partner: "P",
      site: "S",
      framework: null,
      from: "F",
      to: "T",
      names: { partner: "Q", site: "R" },
    } as const;
    const of = { ...kit, namesReviewed: false, population: 7, sample: ["b", "a"], seed: "winter" };
    const report = reportOf({ ...verification, checked: { ...verification.checked, kit: of } }, by);
    expect(report.sample?.paths).toEqual(["b", "a"]);
    expect(report.sample?.text).toContain('2 of the 7 bundles of the period, chosen by the seed "winter"');
    const nothing = report.performed.filter(({ resultText }) => resultText === "None here");
    expect(nothing.map(({ title }) => title)).toEqual([
      "Exceptions were given for this, in time, and by another than who asked",
      "Attached files are those that the appliances signed",
    ]);
  });

  test("shows some of thousands of findings, and how many more there are", async () => {
    const verification = await verifyOne(snapshot.sites[0]?.heals[0]?.bundle ?? "");
    const failures = Array.from(
      { length: 201 },
      (_, at) => ({ code: "GAP", file: null, message: `${at}` }) as const,
    );
    const report = reportOf({ ...verification, outcome: "failed", failures }, by);
    expect([report.wrong.length, report.moreWrong]).toEqual([200, 1]);
  });

  test("of nothing claims nothing", async () => {
    const nothing = await verifyBundles({ files: [], trust: null, engine: nobleEngine(), mode: "bundles" });
    const report = reportOf(nothing, { ...by, about: "files" });
    expect(report.outcome).toBe("failed");
    expect(report.trust.fingerprint).toBe("none");
    expect(report.performed.some(({ result }) => result === "good")).toBe(false);
  });

  test("every code that weighs belongs to exactly one check, so that no finding is lost", () => {
    const grouped = CHECK_GROUPS.flatMap(({ codes }) => codes).toSorted();
    const codes = Object.keys(EVIDENCE_TEXTS) as EvidenceCode[];
    const weighing = codes.filter((code) => ["fail", "incomplete"].includes(EVIDENCE_TEXTS[code].level));
    expect(grouped).toEqual(weighing.toSorted());
  });
});

test("the browser's own engine is taken where it works, else the fallback", async () => {
  expect((await chooseEngine(crypto.subtle)).name).toBe("browser");
  expect((await chooseEngine(undefined)).name).toBe("fallback");
  const without = { importKey: () => Promise.reject(new Error("no Ed25519")) } as unknown as SubtleCrypto;
  expect((await chooseEngine(without)).name).toBe("fallback");
});

test("the folder that all files share is taken off their paths, the layout's own folders are not", () => {
  expect(withoutSharedFolder(["kit/trust.json", "kit/envelopes/a.json"])).toEqual([
    "trust.json",
    "envelopes/a.json",
  ]);
  expect(withoutSharedFolder(["envelopes/a.json", "envelopes/b.json"])).toEqual([
    "envelopes/a.json",
    "envelopes/b.json",
  ]);
  expect(withoutSharedFolder(["a/x.json", "b/x.json"])).toEqual(["a/x.json", "b/x.json"]);
  expect(withoutSharedFolder(["x.json"])).toEqual(["x.json"]);
  expect(withoutSharedFolder([])).toEqual([]);
});
