import type { Kind, SiteSpec, SpecOf } from "@compline/schemas";
import { buildGraph } from "../graph/build-graph.ts";
import type { Graph } from "../graph/graph.ts";
import { formatDiagnostic } from "../manifest/diagnostic.ts";
import { loadTree } from "../manifest/load-tree.ts";
import type { SourceFile } from "../manifest/parse-document.ts";

/** A site of a sample tree. */
export interface SampleSite {
  readonly name: string;
  /** Names; each has the appliance `box`. */
  readonly hosts: readonly string[];
  readonly healing?: SiteSpec["healing"];
  readonly cadence?: string;
  readonly stopped?: boolean;
  /** False for a box that is only declared. */
  readonly enrolled?: boolean;
}

/** What a sample tree declares: one framework, one control, rule and runbook for each check, one partner. */
export interface Sample {
  readonly checks: readonly string[];
  readonly sites: readonly SampleSite[];
  /** Part of every check, to change its digest. */
  readonly rationale?: string;
  /** Names of those rules that only apply when their condition holds. */
  readonly conditional?: readonly string[];
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A ULID that follows from a text. */
export function sampleUlid(text: string): string {
  const letters = Array.from(text, (letter) => crockford[(letter.codePointAt(0) ?? 0) % 32] ?? "0");
  return `0${letters.join("").padEnd(25, "0").slice(0, 25)}`;
}

/** The files of a sample tree. JSON is YAML. */
export function sampleFiles({ checks, sites, rationale = "B", conditional = [] }: Sample): readonly SourceFile[] {
  return [
    file("frameworks/iso/framework.yaml", "Framework", "iso", framework),
    file("frameworks/iso/controls/all.yaml", "ControlFamily", "all", family(checks)),
    file("frameworks/presets/house.yaml", "Preset", "house", { title: "A", frameworks: ["iso"], note: "B" }),
    ...checks.flatMap((name) => libraryFiles(name, rationale, conditional.includes(name))),
    file("sites/lanternfish/partner.yaml", "Partner", "lanternfish", {
      id: sampleUlid("partner"),
      displayName: "Lanternfish",
    }),
    ...sites.flatMap(siteFiles),
  ];
}

/** The graph of a sample tree, in which nothing is wrong; it has no drills. */
export function sampleGraph(sample: Sample): Graph {
  const tree = loadTree(sampleFiles(sample));
  const { graph, diagnostics } = buildGraph(tree.documents);
  const errors = [...tree.diagnostics, ...diagnostics].filter(({ severity }) => severity === "error");
  const wrong = errors.map(formatDiagnostic);
  if (wrong.length > 0) throw new Error(`unreachable: ${wrong.join("\n")}`);
  return graph;
}

function file<K extends Kind>(path: string, kind: K, name: string, spec: SpecOf<K>): SourceFile {
  const text = JSON.stringify({ apiVersion: "compline.dev/v1", kind, metadata: { name }, spec });
  return { path, text };
}

const framework: SpecOf<"Framework"> = {
  title: "ISO sample",
  version: "1",
  source: "nowhere",
  licence: "none",
  restricted: false,
  status: "mapped",
  review: "none",
};

/** One control for each check, and one that nothing looks at. */
function family(checks: readonly string[]): SpecOf<"ControlFamily"> {
  const control = { title: "A", nature: "host", requirement: "required" } as const;
  const looked = checks.map((check, at) => ({ id: `A.${at}`, ...control, checks: [check] }));
  return { title: "All", controls: [...looked, { id: "Z.1", ...control, shown: "not-assessed" }] };
}

function libraryFiles(name: string, rationale: string, conditional: boolean): readonly SourceFile[] {
  return [
    file(`policies/checks/linux/${name}.yaml`, "Check", name, {
      title: `Check ${name}`,
      rationale,
      platforms: ["linux"],
      interval: "5m",
      severity: "high",
      collect: { file: { path: `/etc/${name}` } },
      parse: "lines",
      assert: "facts.found",
      expected: "it is there",
      record: { found: { type: "boolean", value: "facts.found" } },
    }),
    file(`policies/rules/${name}.yaml`, "Rule", name, {
      check: name,
      ...(conditional ? { when: "!facts.found" } : {}),
      platforms: ["linux"],
      runbook: `fix-${name}`,
      priority: 1,
      cooldown: "0s",
      maxAttempts: 3,
      window: "1d",
      settle: "0s",
      owner: "agent",
      origin: { type: "builtin" },
    }),
    file(`runbooks/linux/fix-${name}.yaml`, "Runbook", `fix-${name}`, {
      title: `Write ${name}`,
      platform: "linux",
      steps: [{ writeFile: { path: `/etc/${name}`, content: "", mode: "0644" } }],
      undo: [{ restoreFile: { path: `/etc/${name}` } }],
      risk: "low",
      class: "files",
      disruptive: false,
      reboot: false,
      timeout: "1m",
    }),
  ];
}

function siteFiles(site: SampleSite): readonly SourceFile[] {
  const { name, hosts, cadence, stopped, enrolled = true } = site;
  const folder = `sites/lanternfish/${name}`;
  const identity = { id: sampleUlid(`box ${name}`), publicKey: hexOf(name) };
  return [
    file(`${folder}/site.yaml`, "Site", name, {
      id: sampleUlid(`site ${name}`),
      displayName: name,
      timeZone: "Europe/Lisbon",
      preset: "house",
      healing: site.healing ?? { mode: "full", riskCeiling: "medium" },
      ...(cadence === undefined ? {} : { cadence }),
      ...(stopped === true ? { killSwitch: { engaged: true, reason: "smoke" } } : {}),
      hosts: hosts.map((host) => ({
        id: sampleUlid(`${host} ${name}`),
        name: host,
        platform: "linux",
        appliance: "box",
        transport: { type: "local" },
      })),
    }),
    file(`${folder}/appliances/box.yaml`, "Appliance", "box", enrolled ? identity : {}),
  ];
}

/** 64 hex digits that follow from a text. */
function hexOf(text: string): string {
  return Array.from(text, (letter) => (letter.codePointAt(0) ?? 0).toString(16)).join("").padEnd(64, "0").slice(0, 64);
}
