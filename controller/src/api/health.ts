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

const openapiSchema = {
  summary: "This description of the API (OpenAPI 3.1)",
  response: { 200: { type: "object", description: "An OpenAPI document.", additionalProperties: true } },
} as const;

/** `/healthz` and `/openapi.json`. */
export function healthRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get("/healthz", { config: { auth: "open" }, schema: healthSchema }, async () => ({
    status: "ok",
    revision: ports.revision(),
    position: await ports.store.position(),
    portal: ports.portal().build?.stamp ?? null,
  }));
  app.get("/openapi.json", { config: { auth: "operator" }, schema: openapiSchema }, async () =>
    app.swagger(),
  );
}
