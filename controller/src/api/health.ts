import type { FastifyInstance } from "fastify";
import type { ApiPorts } from "./ports.ts";

const revision = { type: ["string", "null"], description: "A git commit." } as const;
const position = { type: "integer", description: "How many bundles are kept." } as const;

const healthSchema = {
  summary: "Whether the server answers, and how far it is",
  response: {
    200: {
      type: "object",
      description: "It does.",
      required: ["status", "revision", "position", "portal"],
      properties: {
        status: { type: "string", const: "ok", description: "Always ok." },
        revision: { ...revision, description: "The newest accepted revision." },
        position,
        portal: {
          type: ["object", "null"],
          description: "The build that is served; null before the first.",
          required: ["revision", "position", "builtAt"],
          properties: { revision, position, builtAt: { type: "string", description: "When it was made." } },
        },
      },
    },
  },
} as const;

const readiness = {
  type: "object",
  required: ["ready", "reasons"],
  properties: {
    ready: { type: "boolean", description: "Whether there is no reason against it." },
    reasons: {
      type: "array",
      description: "Why it is not ready: NO_TREE_ACCEPTED, STORE_NOT_WRITABLE, MIRROR_UNREADABLE.",
      items: { type: "string" },
    },
  },
} as const;

const readySchema = {
  summary: "Whether the controller can do its work",
  response: {
    200: { ...readiness, description: "It can." },
    503: { ...readiness, description: "It cannot; the controller's log says more." },
  },
} as const;

const metricsSchema = {
  summary: "Metrics in the text format of Prometheus",
  response: { 200: { description: "Text exposition format 0.0.4.", type: "string" } },
} as const;

const openapiSchema = {
  summary: "This description of the API (OpenAPI 3.1)",
  response: { 200: { type: "object", description: "An OpenAPI document.", additionalProperties: true } },
} as const;

/** `/healthz`, `/readyz`, `/metrics` and `/openapi.json`. */
export function healthRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get("/healthz", { config: { auth: "open", limit: "health" }, schema: healthSchema }, async () => ({
    status: "ok",
    revision: ports.revision(),
    position: await ports.store.position(),
    portal: ports.portal().build?.stamp ?? null,
  }));
  app.get(
    "/readyz",
    { config: { auth: "open", limit: "health" }, schema: readySchema },
    async (request, reply) => {
      const reasons = await ports.readiness.reasons();
      for (const { code, message } of reasons) request.log.warn({ code, detail: message }, "not ready");
      // Codes only: the sentences name folders and sources, and anybody may ask.
      const body = { ready: reasons.length === 0, reasons: reasons.map(({ code }) => code) };
      return await reply.code(body.ready ? 200 : 503).send(body);
    },
  );
  app.get(
    "/metrics",
    { config: { auth: "monitor", limit: "health" }, schema: metricsSchema },
    async (_request, reply) => {
      await ports.observeState();
      const { registry } = ports.metrics;
      return await reply.type(registry.contentType).send(await registry.metrics());
    },
  );
  app.get(
    "/openapi.json",
    { config: { auth: "operator", limit: "operator" }, schema: openapiSchema },
    async () => app.swagger(),
  );
}
