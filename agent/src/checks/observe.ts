import type { ExpressionPlace } from "@compline/core/appliance";
import type { Assignment, AssignmentHost } from "@compline/schemas";
import { HostError } from "../errors.ts";
import type { Observation } from "../evidence/verdict-map.ts";
import type { Work } from "../transports/host.ts";
import type { Hosts } from "../transports/hosts.ts";
import { type Collected, collectFacts } from "./collect.ts";
import type { Judgement } from "./evaluation-task.ts";
import type { Evaluator } from "./evaluator.ts";
import type { ShareLooks } from "./shared-look.ts";

/** Reading files may hang on a dead network file system, and a program may wait for a lock. */
const COLLECT_LIMIT_MS = 30_000;

/** What observing is wired to. */
export interface ObservePorts {
  readonly evaluator: Evaluator;
  readonly hosts: Hosts;
  /** With whom looks at the host are shared. */
  readonly share: ShareLooks;
  /** Whether a program that the assignment names may run on a host that is no practice host. */
  readonly argv: boolean;
  /** Effective now. */
  readonly now: () => number;
}

/** What was seen, which rules would apply to it, and where the check's own expression went wrong. */
export interface Seen {
  readonly observation: Observation;
  readonly applicable: readonly string[];
  readonly fault: ExpressionPlace | null;
}

/** Runs one check on one host. Never throws: what went wrong is a verdict `error` with its reason. */
export async function observePair(
  ports: ObservePorts,
  assignment: Assignment,
  pair: { readonly host: string; readonly check: string },
): Promise<Seen> {
  const { evaluation, ...more } = await judgePair(ports, assignment, pair);
  return { observation: { host: pair.host, check: pair.check, ...evaluation, at: ports.now() }, ...more };
}

async function judgePair(
  { evaluator, hosts, share, argv, now }: ObservePorts,
  assignment: Assignment,
  pair: { readonly host: string; readonly check: string },
): Promise<Judgement> {
  const host = assignment.hosts.find(({ id }) => id === pair.host);
  const check = assignment.definitions.checks[pair.check];
  if (host === undefined || check === undefined)
    throw new Error("unreachable: an accepted assignment lacks a definition");
  if (!isItsPlatform(host)) return without("error", "WRONG_PLATFORM");
  const collected = await within(COLLECT_LIMIT_MS, (work) =>
    hosts.use(host, work, async (opened): Promise<Collected> => {
      if (check.collect.argv !== undefined && !argv && !opened.practice)
        return { kind: "error", reason: "ARGV_NOT_ALLOWED" };
      return collectFacts(check, { opened: share(opened), at: now() }, work.signal);
    }),
  );
  if (collected.kind !== "facts") return without(collected.kind, collected.reason);
  const rules = Object.entries(assignment.definitions.rules).filter(([, rule]) => rule.check === pair.check);
  return evaluator.evaluate({ check, facts: collected.facts, rules: Object.fromEntries(rules) });
}

/** This machine has one platform. A practice host is files, which are the same everywhere; another one answers for itself. */
function isItsPlatform({ transport, platform }: AssignmentHost): boolean {
  if (transport.type !== "local" || transport.root !== undefined) return true;
  const platforms: Partial<Record<NodeJS.Platform, string>> = {
    linux: "linux",
    darwin: "macos",
    win32: "windows",
  };
  return platforms[process.platform] === platform;
}

function without(verdict: "error" | "not_applicable", reason: string): Judgement {
  return { evaluation: { verdict, reason, observed: null }, applicable: [], fault: null };
}

async function within(limitMs: number, collect: (work: Work) => Promise<Collected>): Promise<Collected> {
  const limit = new AbortController();
  const late = Promise.withResolvers<Collected>();
  const timer = setTimeout(() => {
    limit.abort();
    late.resolve({ kind: "error", reason: "TIMEOUT" });
  }, limitMs);
  try {
    // A call of the operating system that hangs cannot be aborted, so the wait is raced as well.
    return await Promise.race([collect({ signal: limit.signal, limitMs }), late.promise]);
  } catch (error) {
    if (error instanceof HostError) return { kind: "error", reason: error.token };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
