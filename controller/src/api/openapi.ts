import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import type { Auth } from "./authorization.ts";

const signature = { signature: [] };
const metrics = { metrics: [] };
const session = { session: [] };

/** What OpenAPI calls the credentials that a route takes. */
const security: Readonly<Record<Auth, readonly Readonly<Record<string, string[]>>[]>> = {
  open: [],
  envelope: [],
  appliance: [signature],
  operator: [session],
  either: [signature, session],
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
          metrics: { type: "http", scheme: "bearer", description: "In the file metrics.token." },
          signature: {
            type: "apiKey",
            in: "header",
            name: "signature",
            description:
              "RFC 9421 with signature-input: @method, @authority, @path, @query and, with a body, content-digest; created, " +
              'keyid, nonce and tag="compline-appliance"; by the Ed25519 key that a reviewed file enrols.',
          },
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
