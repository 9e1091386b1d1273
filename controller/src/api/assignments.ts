import { encodeBase64 } from "@compline/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { StoredAssignment } from "../store/contract.ts";
import { applianceParams, digestParams } from "./evidence-schema.ts";
import { mayHave } from "./ownership.ts";
import type { ApiPorts } from "./ports.ts";
import { problemSchema, sendNotFound } from "./problem.ts";

interface PollQuery {
  readonly have?: string;
  readonly wait?: string;
}

type Poll = FastifyRequest<{ Params: { id: string }; Querystring: PollQuery }>;

/** Assignments: the long poll of an appliance, and exact bytes by digest. */
export function assignmentRoutes(app: FastifyInstance, ports: ApiPorts): void {
  const closing = new AbortController();
  app.addHook("preClose", async () => closing.abort());
  app.get<{ Params: { id: string }; Querystring: PollQuery }>(
    "/v1/appliances/:id/assignment",
    { config: { auth: "appliance", limit: "appliance" }, schema: pollSchema },
    async (request, reply) => await answerPoll(request, reply, { ports, closing: closing.signal }),
  );
  app.get<{ Params: { digest: string } }>(
    "/v1/assignments/:digest",
    { config: { auth: "either", limit: "appliance" }, schema: bytesSchema },
    async (request, reply) => {
      const found = await findOwn(request, ports);
      return found === null ? await sendNotFound(reply) : await sendAssignment(reply, found);
    },
  );
  app.get<{ Params: { digest: string } }>(
    "/v1/assignments/:digest/signature",
    { config: { auth: "either", limit: "appliance" }, schema: signatureSchema },
    async (request, reply) => {
      const found = await findOwn(request, ports);
      if (found === null) return await sendNotFound(reply);
      return await reply.type("text/plain; charset=utf-8").send(encodeBase64(found.signature));
    },
  );
}

async function answerPoll(
  request: Poll,
  reply: FastifyReply,
  { ports, closing }: { ports: ApiPorts; closing: AbortSignal },
): Promise<FastifyReply> {
  const { id } = request.params;
  if (!mayHave(request, id, ports)) return await sendNotFound(reply);
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const signal = AbortSignal.any([
    closing,
    gone.signal,
    AbortSignal.timeout(Number(request.query.wait ?? 0) * 1000),
  ]);
  const have = request.query.have ?? null;
  const found = await ports.publications.waitForOther(id, have, signal);
  if (found === null) return await sendNotFound(reply);
  if (found.digest === have) return await reply.code(204).send();
  const stored = await ports.store.assignment(found.digest);
  return stored === null ? await sendNotFound(reply) : await sendAssignment(reply, stored);
}

async function findOwn(
  request: FastifyRequest<{ Params: { digest: string } }>,
  ports: ApiPorts,
): Promise<StoredAssignment | null> {
  const found = await ports.store.assignment(request.params.digest);
  return found !== null && mayHave(request, found.appliance, ports) ? found : null;
}

async function sendAssignment(reply: FastifyReply, assignment: StoredAssignment): Promise<FastifyReply> {
  reply.headers({
    "compline-digest": assignment.digest,
    "compline-signature": encodeBase64(assignment.signature),
    "compline-keyid": assignment.keyid,
  });
  return await reply.type("application/json").send(Buffer.from(assignment.bytes));
}

const pollSchema = {
  summary: "The assignment of an appliance, as soon as it is another than the one it has",
  params: applianceParams,
  querystring: {
    type: "object",
    additionalProperties: false,
    properties: {
      have: {
        type: "string",
        pattern: "^[0-9a-f]{64}$",
        description: "Digest of the one in force on the box.",
      },
      wait: {
        type: "string",
        pattern: "^(1?[0-9]|2[0-5])$",
        description: "Seconds to wait for another one, 0 to 25; 0 when absent.",
      },
    },
  },
  response: {
    200: {
      description: "Exact bytes; compline-digest, compline-signature and compline-keyid in the header.",
      type: "string",
    },
    204: { description: "No other one came.", type: "null" },
    "4xx": problemSchema,
  },
} as const;

const bytesSchema = {
  summary: "The exact bytes of an assignment",
  params: digestParams,
  response: { 200: { description: "An assignment.", type: "string" }, "4xx": problemSchema },
} as const;

const signatureSchema = {
  summary: "The signature of an assignment",
  params: digestParams,
  response: { 200: { description: "Base64 of 64 bytes.", type: "string" }, "4xx": problemSchema },
} as const;
