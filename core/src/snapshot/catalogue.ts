import type { CheckSpec, Collect, Control } from "@compline/schemas";
import { builtIns } from "../facts/built-in.ts";
import { packagesProgram } from "../facts/package.ts";
import { socketTables } from "../facts/port.ts";
import { servicesProgram } from "../facts/service.ts";
import { kernelFile } from "../facts/sysctl.ts";
import {
  controlsOf,
  type FrameworkNode,
  frameworksOfSite,
  type Graph,
  type PartnerNode,
} from "../graph/graph.ts";
import { compareText } from "../manifest/diagnostic.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import type { CheckView, ControlView, FrameworkView, RuleView } from "./snapshot.ts";

/** The frameworks that sites of the partner use, sorted by name. */
export function frameworksInUse(graph: Graph, partner: PartnerNode): readonly FrameworkNode[] {
  const used = new Set([...partner.sites.values()].flatMap((site) => frameworksOfSite(graph, site)));
  return [...used].toSorted((a, b) => compareText(a.document.name, b.document.name));
}

/** A framework with all its controls. */
export function frameworkView({ document, families }: FrameworkNode): FrameworkView {
  const { title, version, source, licence, restricted, status, review, note } = document.spec;
  return {
    id: document.name,
    title,
    version,
    source,
    licence,
    restricted,
    status,
    review,
    note: note ?? null,
    families: families.map(({ name, spec }) => ({
      name,
      title: spec.title,
      controls: spec.controls.map(controlView),
    })),
  };
}

function controlView({ id, title, nature, requirement, level, checks, shown, note }: Control): ControlView {
  const asked = { id, title, nature, requirement, level: level ?? null };
  return { ...asked, checks: checks ?? [], shown: shown ?? null, note: note ?? null };
}

/** Every check that a control of these frameworks names, sorted by name. */
export function checkViews(graph: Graph, frameworks: readonly FrameworkNode[]): readonly CheckView[] {
  const served = Map.groupBy(frameworks.flatMap(servedControls), ({ check }) => check);
  return [...served.keys()]
    .toSorted(compareText)
    .flatMap((name) => graph.checks.get(name) ?? [])
    .map((check) => {
      const controls = (served.get(check.name) ?? []).map(({ framework, id }) => ({ framework, id }));
      return { ...describedCheck(check), controls, rule: ruleView(graph, check.name) };
    });
}

interface Served {
  readonly check: string;
  readonly framework: string;
  readonly id: string;
}

function servedControls(node: FrameworkNode): readonly Served[] {
  const framework = node.document.name;
  return controlsOf(node).flatMap(({ id, checks }) =>
    (checks ?? []).map((check) => ({ check, framework, id })),
  );
}

function describedCheck(check: ManifestDocument<"Check">): Omit<CheckView, "controls" | "rule"> {
  const { name, digest, path, spec } = check;
  const { title, rationale, severity, platforms, interval, expected, assert } = spec;
  const words = { title, rationale, severity, platforms, interval, expected, assert };
  return { name, ...words, looksAt: looksAt(spec), digest, path, byHand: spec.byHand ?? null };
}

function ruleView(graph: Graph, check: string): RuleView | null {
  const rule = graph.rulesOfCheck.get(check)?.[0];
  const runbook = rule === undefined ? undefined : graph.runbooks.get(rule.spec.runbook);
  if (rule === undefined || runbook === undefined) return null;
  const { title: runbookTitle, risk } = runbook.spec;
  return { name: rule.name, runbook: runbook.name, runbookTitle, runbookDigest: runbook.digest, risk };
}

/** What a check looks at, in words: the files, and the programs as they are called. */
export function looksAt({
  collect,
  parse,
  defaults,
}: Pick<CheckSpec, "collect" | "parse" | "defaults">): string {
  if (parse === "sshd-config")
    return `${source(collect)} and what it includes; on a real host also the output of /usr/sbin/sshd -T`;
  if (parse === "sudoers") return `${source(collect)} and what it includes`;
  if (parse === "sysctl-dirs")
    return `${source(collect)}; on a real host also the running kernel's ${Object.keys(defaults ?? {}).join(", ")}`;
  return source(collect);
}

function source(collect: Collect): string {
  const { file, files, mode, argv, program, service, port, sysctl, certificate, package: packages } = collect;
  if (file !== undefined) return `file ${file.path}`;
  if (files !== undefined) return `files ${files.globs.join(", ")}`;
  if (mode !== undefined) return `type, owner and permissions of ${mode.paths.join(", ")}`;
  if (program !== undefined) return `output of ${builtIns[program.name].argv.join(" ")}`;
  if (service !== undefined) return `output of ${servicesProgram(service.units).join(" ")}`;
  if (port !== undefined) return `files ${port.protocols.flatMap(socketTables).join(", ")}`;
  if (sysctl !== undefined) return `files ${sysctl.keys.map(kernelFile).join(", ")}`;
  if (certificate !== undefined) return `certificates in ${certificate.globs.join(", ")}`;
  if (packages !== undefined) return `output of ${packagesProgram(packages.names).join(" ")}`;
  return `output of ${(argv?.argv ?? []).join(" ")}`;
}
