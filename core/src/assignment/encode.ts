import { type Assignment, assignmentValidator } from "@compline/schemas";
import { type AssignmentRefusal, readAssignment } from "../evidence/assignment.ts";
import { canonicalBytes } from "../evidence/jcs.ts";
import type { Digest } from "../evidence/statement.ts";
import { digestOf } from "../manifest/document.ts";
import { formFaults } from "../manifest/form.ts";
import { sameJson } from "./same-json.ts";

/** An assignment file is never larger. */
export const MAX_ASSIGNMENT_BYTES: number = 16 * 1024 * 1024;

/** The exact bytes of an assignment: canonical JSON. Its digest is the SHA-256 of these. */
export function encodeAssignment(assignment: Assignment): Uint8Array<ArrayBuffer> {
  return canonicalBytes(assignment);
}

/** True when two assignments ask for the same work: they differ at most in revision, generation, times and slice. */
export function sameWork(a: Assignment, b: Assignment): boolean {
  return sameJson(workOf(a), workOf(b));
}

/**
 * What is asked for. The definitions need no comparison: the digests stand for them. Nor do the next maintenance
 * windows, which move with time: those declared stand for them.
 */
function workOf(assignment: Assignment): unknown {
  const { schemaVersion, partner, site, appliance, pairs, checks, rules, runbooks } = assignment;
  const { windows: _next, ...healing } = assignment.healing;
  const { hosts, intervals, heartbeatMs, library } = assignment;
  const declared = { checks, rules, runbooks, healing, hosts, intervals, heartbeatMs, library };
  return { schemaVersion, partner, site, appliance, pairs, ...declared };
}

/** What an appliance makes of bytes that claim to be its assignment. */
export type AssignmentReading =
  | { readonly ok: true; readonly digest: Digest; readonly assignment: Assignment }
  | { readonly ok: false; readonly code: AssignmentRefusalCode; readonly message: string };

/** Why bytes are no assignment that an appliance would work by. */
export type AssignmentRefusalCode =
  | AssignmentRefusal["code"]
  | "TOO_LARGE"
  /** A definition is not the one its digest names, or is missing. */
  | "WRONG_DEFINITION";

/**
 * Reads an assignment strictly, as the appliance does before it works by it: bounded, canonical, closed schema, and
 * every pair, rule and digest resolves inside it. Whether its signature is good is judged before this.
 */
export function readAssignmentForAgent(bytes: Uint8Array): AssignmentReading {
  if (bytes.length > MAX_ASSIGNMENT_BYTES)
    return refuse("TOO_LARGE", `more than ${MAX_ASSIGNMENT_BYTES} bytes`);
  const read = readAssignment(bytes);
  if (!read.ok) return refuse(read.code, read.message);
  const [fault] = formFaults(assignmentValidator, read.assignment);
  if (fault !== undefined) {
    return refuse("SCHEMA", `${fault.pointer}: expected ${fault.expected}; found ${fault.found}`);
  }
  // The schema's validator found the value to be an assignment.
  const assignment = read.assignment as unknown as Assignment;
  const problem = unresolved(assignment) ?? wrongDefinition(assignment);
  return problem ?? { ok: true, digest: read.digest, assignment };
}

function refuse(code: AssignmentRefusalCode, message: string): AssignmentReading & { readonly ok: false } {
  return { ok: false, code, message };
}

/** The first name that leads nowhere inside the assignment. */
function unresolved(assignment: Assignment): (AssignmentReading & { readonly ok: false }) | null {
  const { pairs, checks, rules, runbooks, intervals, definitions } = assignment;
  const hosts = new Set(assignment.hosts.map((host) => host.id));
  if (hosts.size < assignment.hosts.length) return refuse("SCHEMA", "/hosts: a host stands twice");
  const lost = pairs.find(([host, check]) => !hosts.has(host) || !Object.hasOwn(checks, check));
  if (lost !== undefined)
    return refuse("SCHEMA", `/pairs: ${lost.join(" ")} names no host or check of this assignment`);
  const idle = Object.keys(checks).find((check) => !Object.hasOwn(intervals, check));
  if (idle !== undefined) return refuse("SCHEMA", `/intervals: none for ${idle}`);
  const aimless = Object.keys(rules).find((name) => {
    const rule = definitions.rules[name];
    return (
      rule !== undefined && !(Object.hasOwn(checks, rule.check) && Object.hasOwn(runbooks, rule.runbook))
    );
  });
  return aimless === undefined
    ? null
    : refuse("SCHEMA", `/rules: ${aimless} names no check or runbook of this assignment`);
}

/** The first definition that is not the one its digest names. */
function wrongDefinition(assignment: Assignment): (AssignmentReading & { readonly ok: false }) | null {
  const { checks, rules, runbooks, definitions } = assignment;
  const sections = [
    ["Check", checks, definitions.checks],
    ["Rule", rules, definitions.rules],
    ["Runbook", runbooks, definitions.runbooks],
  ] as const;
  for (const [kind, digests, specs] of sections) {
    for (const name of new Set([...Object.keys(digests), ...Object.keys(specs)])) {
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      const named =
        Object.hasOwn(digests, name) && spec !== undefined && digestOf(kind, name, spec) === digests[name];
      if (!named)
        return refuse(
          "WRONG_DEFINITION",
          `the definition of ${kind} ${name} is not the one its digest names`,
        );
    }
  }
  return null;
}
