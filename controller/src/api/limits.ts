import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { Clock } from "../clock.ts";
import type { Metrics } from "../metrics.ts";
import { Allowance, callerOf } from "./allowance.ts";
import { sendTooMany } from "./problem.ts";

/**
 * What bounds how often a route is asked. `session`, `health` and `operator` count the requests of an address, before
 * anything is looked up for them, and so does `kit`, of which each takes seconds; `appliance` those of the appliance that signed them, and of an address what nobody
 * signed; `failures` counts no request, and refuses an address whose signatures did not hold too often.
 */
export type Limit = "session" | "health" | "operator" | "kit" | "appliance" | "failures";

/** One allowance for each limit that counts requests. */
export type Allowances = Readonly<Record<Exclude<Limit, "failures">, Allowance>>;

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route declares it; a route without one keeps the server from starting. */
    limit?: Limit;
  }
}

/** What is needed to count. */
export interface LimitPorts {
  readonly allowances: Allowances;
  /** Signatures that did not hold, by address. */
  readonly failures: Allowance;
  readonly metrics: Pick<Metrics, "requestsRefused">;
}

/** Makes the allowances, all unused. */
export function makeAllowances(clock: Clock): Allowances {
  return {
    session: new Allowance(60, clock),
    // Whoever starts the product asks 20 times a second until it is there, and may not be alone.
    health: new Allowance(6_000, clock),
    operator: new Allowance(6_000, clock),
    kit: new Allowance(20, clock),
    appliance: new Allowance(600, clock),
  };
}

/**
 * Puts what counts by address in front of every route that is added afterwards; add it before the authorisation. A
 * route that declares no limit throws where it is added.
 */
export function addAddressLimits(app: FastifyInstance, ports: LimitPorts): void {
  app.addHook("onRoute", mustDeclare);
  app.addHook("onRequest", async (request, reply) => {
    const limit = addressLimitOf(request);
    const caller = callerOf(request.ip);
    if (limit === "failures") return await refuseSpent(reply, { of: ports.failures, caller, ports });
    return limit === null ? undefined : await count(reply, { of: ports.allowances[limit], caller, ports });
  });
}

/** Puts what counts by appliance in front of the same routes; add it after the authorisation. */
export function addApplianceLimits(app: FastifyInstance, ports: LimitPorts): void {
  app.addHook("onRequest", async ({ principal, routeOptions }, reply) => {
    if (routeOptions.config.limit !== "appliance" || principal?.kind !== "appliance") return undefined;
    return await count(reply, { of: ports.allowances.appliance, caller: principal.id, ports });
  });
}

function mustDeclare({ url, config }: RouteOptions): void {
  if (config?.limit === undefined) throw new Error(`unreachable: ${url} declares no limit`);
}

/** Null where there is no route, and for what is signed: it is counted once its signature was verified. */
function addressLimitOf({ routeOptions, headers }: FastifyRequest): Exclude<Limit, "appliance"> | null {
  const { limit = null } = routeOptions.config;
  if (limit !== "appliance") return limit;
  return headers["signature-input"] === undefined ? "operator" : null;
}

interface Count {
  readonly of: Allowance;
  readonly caller: string;
  readonly ports: LimitPorts;
}

async function count(reply: FastifyReply, what: Count): Promise<FastifyReply | undefined> {
  const refused = await refuseSpent(reply, what);
  if (refused === undefined) what.of.spend(what.caller);
  return refused;
}

async function refuseSpent(
  reply: FastifyReply,
  { of, caller, ports }: Count,
): Promise<FastifyReply | undefined> {
  if (of.has(caller)) return undefined;
  ports.metrics.requestsRefused.inc({ reason: "too_many" });
  return await sendTooMany(reply, of.retryAfterS(caller));
}
