import type { Verdict } from "../evidence/statement.ts";
import { frameworksOfSite, type Graph, type SiteNode } from "../graph/graph.ts";
import { type Score, scoreOf } from "./score.ts";

/** The scores of a site. */
export interface SiteScores {
  /** Over every host and check. */
  readonly score: Score;
  /** By framework: over the checks its controls name. */
  readonly scores: Readonly<Record<string, Score>>;
}

/** The scores that a site's verdicts come to. */
export function siteScores(
  graph: Graph,
  site: SiteNode,
  results: readonly { readonly check: string; readonly verdict: Verdict }[],
): SiteScores {
  const names = frameworksOfSite(graph, site).map(({ document }) => document.name);
  const scoreFor = (name: string): Score => {
    const checks = new Set(graph.checksOfFramework.get(name));
    return scoreOf(results.filter(({ check }) => checks.has(check)).map(({ verdict }) => verdict));
  };
  return {
    score: scoreOf(results.map(({ verdict }) => verdict)),
    scores: Object.fromEntries(names.map((name) => [name, scoreFor(name)])),
  };
}
