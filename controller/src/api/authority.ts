import type { FastifyInstance } from "fastify";
import type { ApiPorts } from "./ports.ts";
import { problemSchema, sendNotFound } from "./problem.ts";

const count = { type: "integer", minimum: 0 } as const;
const text = (description: string) => ({ type: "string", description }) as const;

const schema = {
  summary: "Where an authority's chain stands: what its next decision goes on from",
  params: {
    type: "object",
    properties: { partner: { type: "string", maxLength: 26, description: "ULID of the partner." } },
  },
  response: {
    200: {
      type: "object",
      required: ["partner", "revision", "keyid", "head"],
      properties: {
        partner: text("The partner's name: its files are below sites/<name>/."),
        revision: text("The commit that is in force for the partner."),
        keyid: text("Of the key that its file pins now."),
        head: {
          type: ["object", "null"],
          description: "The newest decision that is kept here; null before the first.",
          required: ["epoch", "seq", "digest"],
          properties: { epoch: count, seq: count, digest: text("SHA-256 of the file.") },
        },
      },
    },
    "4xx": problemSchema,
  },
} as const;

/**
 * `/v1/authority/{partner}`: open like the log, and as silent: whoever signs decisions does so elsewhere and has no
 * session here.
 */
export function authorityRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get<{ Params: { partner: string } }>(
    "/v1/authority/:partner",
    { config: { auth: "open", limit: "operator" }, schema },
    async ({ params }, reply) => {
      const ruling = ports.authority.ruling(params.partner);
      if (ruling === null) return await sendNotFound(reply);
      const { name, revision, keys } = ruling.authority;
      const last = ruling.bundles.at(-1);
      const place = last?.predicate.chain;
      const head =
        last === undefined || place === undefined
          ? null
          : { epoch: place.epoch, seq: place.seq, digest: last.digest };
      return await reply.send({ partner: name, revision, keyid: keys.at(-1)?.keyid ?? "", head });
    },
  );
}
