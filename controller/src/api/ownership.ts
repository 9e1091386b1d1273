import type { FastifyRequest } from "fastify";
import type { ApiPorts } from "./ports.ts";

/**
 * Whether the caller may have what belongs to an appliance: the operator everything, an appliance its own. An attempt
 * at another's is logged and counted; the caller is answered as if there were nothing.
 */
export function mayHave(
  request: FastifyRequest,
  appliance: string,
  { metrics }: Pick<ApiPorts, "metrics">,
): boolean {
  const { principal } = request;
  if (principal?.kind === "operator") return true;
  if (principal?.kind !== "appliance") return false;
  if (principal.id === appliance) return true;
  const attempt = { code: "FOREIGN", by: principal.id, at: appliance, route: request.routeOptions.url };
  request.log.warn(attempt, "an appliance asked for another's");
  metrics.requestsRefused.inc({ reason: "foreign" });
  return false;
}
