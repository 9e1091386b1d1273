import type { SiteView, Snapshot } from "@compline/core";
import type { FastifyInstance } from "fastify";
import type { ApiPorts } from "./ports.ts";
import { problemSchema, sendNotFound } from "./problem.ts";

const open = { type: "object", additionalProperties: true } as const;

const listSchema = {
  summary: "The sites, with coverage and score",
  response: { 200: { ...open, description: "What is known now." }, "4xx": problemSchema },
} as const;

const siteSchema = {
  summary: "The status of one site",
  params: {
    type: "object",
    required: ["id"],
    properties: { id: { type: "string", maxLength: 64, description: "ULID or name of the site." } },
  },
  response: { 200: { ...open, description: "What is known now." }, "4xx": problemSchema },
} as const;

const snapshotSchema = {
  summary: "The whole snapshot that the portal is built from",
  response: { 200: { ...open, description: "A snapshot." }, "4xx": problemSchema },
} as const;

/** `/v1/sites` and `/v1/snapshot`: status as data, derived at each request from what is kept. */
export function siteRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get(
    "/v1/sites",
    { config: { auth: "operator", limit: "operator" }, schema: listSchema },
    async (_request, reply) => {
      const snapshot = await ports.snapshot();
      if (snapshot === null) return await sendNotFound(reply);
      return { ...stampOf(snapshot), sites: snapshot.sites.map(summaryOf) };
    },
  );
  app.get<{ Params: { id: string } }>(
    "/v1/sites/:id",
    { config: { auth: "operator", limit: "operator" }, schema: siteSchema },
    async (request, reply) => {
      const snapshot = await ports.snapshot();
      const wanted = request.params.id;
      const site = snapshot?.sites.find(({ id, name }) => id === wanted || name === wanted);
      if (snapshot === null || site === undefined) return await sendNotFound(reply);
      return { ...stampOf(snapshot), site: withoutEnvelopes(site) };
    },
  );
  app.get(
    "/v1/snapshot",
    { config: { auth: "operator", limit: "operator" }, schema: snapshotSchema },
    async (_request, reply) => {
      const snapshot = await ports.snapshot();
      return snapshot ?? (await sendNotFound(reply));
    },
  );
}

function stampOf({ schemaVersion, asOf, validUntil, revision, position, notices }: Snapshot): object {
  return { schemaVersion, asOf, validUntil, revision, position, notices };
}

function summaryOf({
  id,
  name,
  displayName,
  healing,
  coverage,
  score,
  scores,
  appliances,
}: SiteView): object {
  return { id, name, displayName, healing, coverage, score, scores, appliances };
}

/** A bundle's exact bytes are had at `/v1/evidence/{digest}`. */
function withoutEnvelopes(site: SiteView): object {
  return { ...site, bundles: site.bundles.map((bundle) => ({ ...bundle, envelope: undefined })) };
}
