import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import type { Auth } from "./authorization.ts";

const bearer = { bearer: [] };
const metrics = { metrics: [] };
const session = { session: [] };

/** What OpenAPI calls the credentials that a route takes. */
const security: Readonly<Record<Auth, readonly Readonly<Record<string, string[]>>[]>> = {
  open: [],
  envelope: [],
  appliance: [bearer],
  operator: [session],
  either: [bearer, session],
  page: [session],
  monitor: [metrics, session],
};

/** The description of the API: made from the routes' schemas and from what each declares about who may call it. */
export function openapiOptions(cookieName: string): FastifyDynamicSwaggerOptions {
  return {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Compline evidence API", version: "1" },
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer", description: "Made at the enrolment of an appliance." },
          metrics: { type: "http", scheme: "bearer", description: "In the file metrics.token." },
          session: {
            type: "apiKey",
            in: "cookie",
            name: cookieName,
            description: "Had for a one-time token.",
          },
        },
      },
    },
    transform: ({ schema, url, route }) => ({
      schema: { ...schema, security: [...security[route.config?.auth ?? "open"]] },
      url,
    }),
  };
}
