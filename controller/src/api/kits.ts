import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ControllerCode, ControllerError } from "../errors.ts";
import { readPeriod } from "../kit/period.ts";
import { readSample } from "../kit/read-sample.ts";
import type { KitQuestion } from "../kit/site-kit.ts";
import { plainPage } from "./authorization.ts";
import type { ApiPorts } from "./ports.ts";
import { problemSchema, sendNotFound, sendProblem } from "./problem.ts";

const bound = (text: string): object => ({
  type: "string",
  maxLength: 32,
  description: `The period's ${text}: a day, or a time in UTC with Z.`,
});

const schema = {
  summary: "A site's evidence of a period as one ZIP, for an auditor to verify without us",
  params: {
    type: "object",
    required: ["id"],
    properties: { id: { type: "string", maxLength: 64, description: "ULID or name of the site." } },
  },
  querystring: {
    type: "object",
    required: ["from", "to"],
    additionalProperties: false,
    properties: {
      from: bound("beginning"),
      to: bound("end"),
      framework: {
        type: "string",
        maxLength: 64,
        description: "The framework that is audited; the evidence is the same. None when empty.",
      },
      sample: { type: "string", maxLength: 5, description: "How many bundles to mark; none when empty." },
      seed: { type: "string", maxLength: 64, description: "What chooses them: a text of the auditor's." },
    },
  },
  response: { 200: { type: "string", description: "The ZIP." }, "4xx": problemSchema },
} as const;

interface Query {
  readonly from: string;
  readonly to: string;
  readonly framework?: string;
  readonly sample?: string;
  readonly seed?: string;
}

/** `/v1/sites/{id}/kit`: the same bytes as `compline kit` writes. */
export function kitRoutes(app: FastifyInstance, { kits, clock }: ApiPorts): void {
  app.get<{ Params: { id: string }; Querystring: Query }>(
    "/v1/sites/:id/kit",
    { config: { auth: "operator", limit: "kit" }, schema },
    async (request, reply) => {
      try {
        const question = questionOf(request.params.id, request.query, clock());
        const { zip, site } = await kits.make(question, goneOf(reply));
        const { from, to } = question.period;
        const name = `${site.name}-${from.slice(0, 10)}-${to.slice(0, 10)}.zip`;
        reply.type("application/zip").header("content-disposition", `attachment; filename="${name}"`);
        return await reply.send(Buffer.from(zip.buffer, zip.byteOffset, zip.length));
      } catch (error) {
        return await refuse(error, request, reply);
      }
    },
  );
}

function questionOf(site: string, query: Query, nowMs: number): KitQuestion {
  const { framework = "" } = query;
  return {
    site,
    period: readPeriod(query, nowMs),
    framework: framework === "" ? null : framework,
    sample: readSample(query),
  };
}

/** Tells when whoever asked is gone, or has all of it. */
function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once("close", () => gone.abort());
  return gone.signal;
}

const faults: Partial<Record<ControllerCode, number>> = {
  KIT_INVALID: 400,
  KIT_EMPTY: 404,
  KIT_BUSY: 429,
  KIT_NOT_READY: 503,
};

async function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (!(error instanceof ControllerError)) throw error;
  const { code, message } = error;
  if (code === "SITE_UNKNOWN") return await sendNotFound(reply);
  const status = faults[code];
  if (status === undefined) throw error;
  if (status === 429) reply.header("retry-after", "60");
  // A person who sent the portal's form sees a page.
  if (!(request.headers.accept ?? "").includes("text/html"))
    return await sendProblem(reply, status, { code, message });
  reply.code(status).type("text/html; charset=utf-8");
  return await reply.send(plainPage("No kit was made", `<p>${escaped(message)}.</p>`));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
