import type { Graph } from "@compline/core";
import type { LivePartner } from "./accept.ts";

/**
 * What reads a partner's files, and remembers what it came to: asked several times in a pass, it reads once. A graph never
 * changes, and a partner of it is of one source.
 */
export function oncePerGraph<T>(read: (partner: LivePartner) => T): (partner: LivePartner) => T {
  const ofGraph = new WeakMap<Graph, Map<string, T>>();
  return (partner) => {
    const known = ofGraph.get(partner.graph) ?? new Map<string, T>();
    ofGraph.set(partner.graph, known);
    const value = known.get(partner.name) ?? read(partner);
    known.set(partner.name, value);
    return value;
  };
}
