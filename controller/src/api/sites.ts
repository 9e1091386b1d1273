import { controlStatuses, indexViews, type SiteView, type Snapshot } from "@compline/core";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ControllerError, type ControllerCode } from "../errors.ts";
import type { AsOf } from "../reconcile/as-of.ts";
import type { ApiPorts } from "./ports.ts";
import { problemSchema, sendNotFound, sendProblem } from "./problem.ts";

const open = { type: "object", additionalProperties: true } as const;

const listSchema = {
  summary: "The sites, with score and controls of each framework",
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

const asOfSchema = {
  summary: "What was so at a time, as far as the evidence up to a position tells",
  querystring: {
    type: "object",
    required: ["at"],
    additionalProperties: false,
    properties: {
      at: { type: "string", maxLength: 64, description: "An instant in UTC, with Z." },
      known: { type: "string", maxLength: 16, description: "How many bundles count; all when absent." },
      partner: { type: "string", maxLength: 64, description: "Name of the partner; the first when absent." },
    },
  },
  response: {
    200: { ...open, description: "The same for the same time and position." },
    "4xx": problemSchema,
  },
} as const;

const snapshotSchema = {
  summary: "The whole snapshot that the portal is built from",
  response: { 200: { ...open, description: "A snapshot." }, "4xx": problemSchema },
} as const;

/** `/v1/sites`, `/v1/as-of` and `/v1/snapshot`: status as data, derived at each request from what is kept. */
export function siteRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get(
    "/v1/sites",
    { config: { auth: "operator", limit: "operator" }, schema: listSchema },
    async (_request, reply) => {
      const snapshot = await ports.snapshot();
      if (snapshot === null) return await sendNotFound(reply);
      return { ...stampOf(snapshot), partner: snapshot.partner, sites: snapshot.sites.map(summaryOf) };
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
      const controlStatus = controlStatusOf(snapshot, site);
      return { ...stampOf(snapshot), site: { ...withoutEnvelopes(site), controlStatus } };
    },
  );
  app.get<{ Querystring: { at: string; known?: string; partner?: string } }>(
    "/v1/as-of",
    { config: { auth: "operator", limit: "operator" }, schema: asOfSchema },
    async ({ query: { at, known, partner } }, reply) =>
      await answered(reply, ports.asOf({ at, known, partner })),
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

const asOfFaults: Partial<Record<ControllerCode, number>> = {
  AS_OF_INVALID: 400,
  NOT_IN_FORCE: 404,
  REVISION_MISSING: 409,
  REVISION_UNREADABLE: 409,
};

async function answered(reply: FastifyReply, answer: Promise<AsOf>): Promise<AsOf | FastifyReply> {
  try {
    return await answer;
  } catch (error) {
    const status = error instanceof ControllerError ? asOfFaults[error.code] : undefined;
    if (status === undefined || !(error instanceof ControllerError)) throw error;
    return await sendProblem(reply, status, { code: error.code, message: error.message });
  }
}

function stampOf({ schemaVersion, asOf, validUntil, revision, position, notices }: Snapshot): object {
  return { schemaVersion, asOf, validUntil, revision, position, notices };
}

function summaryOf(site: SiteView): object {
  const { id, name, displayName, healing, score, controls, frameworkStatus, formerHosts, appliances } = site;
  return { id, name, displayName, healing, score, controls, frameworkStatus, formerHosts, appliances };
}

/** By framework. */
function controlStatusOf({ frameworks }: Snapshot, site: SiteView): object {
  const index = indexViews(frameworks);
  return Object.fromEntries(
    site.frameworks.map((name) => [name, controlStatuses(index, name, site.results)]),
  );
}

/** A bundle's exact bytes are had at `/v1/evidence/{digest}`, those of an attachment at `/v1/attachments/{digest}`. */
function withoutEnvelopes(site: SiteView): object {
  return {
    ...site,
    bundles: site.bundles.map((bundle) => ({ ...bundle, envelope: undefined, transcripts: undefined })),
  };
}
