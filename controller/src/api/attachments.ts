import {
  type Attachment,
  isObservation,
  MAX_TRANSCRIPT_BYTES,
  type Observation,
  readTranscript,
  TRANSCRIPT_CLASS,
  TRANSCRIPT_TYPE,
} from "@compline/core";
import type { FastifyInstance } from "fastify";
import { instantOf } from "../clock.ts";
import { nodeSha256 } from "../crypto.ts";
import { keptPredicate } from "../store/kept-predicate.ts";
import { digestParams } from "./evidence-schema.ts";
import { mayHave } from "./ownership.ts";
import type { ApiPorts } from "./ports.ts";
import { type Problem, problemSchema, sendNotFound, sendProblem } from "./problem.ts";

const postSchema = {
  summary: "Take in a file that a bundle names as its attachment",
  description:
    "The exact bytes, of the transcript of a heal. Only of the appliance that signed the bundle, only with the digest and size that " +
    "the bundle says, and only until its time is over. Durable before the answer.",
  params: digestParams,
  // The bytes are judged by core, not by the validator: they must be exactly what was signed.
  body: { content: { "application/json": { schema: { description: "The transcript of a heal." } } } },
  response: { 204: { description: "Kept.", type: "null" }, "4xx": problemSchema },
} as const;

const getSchema = {
  summary: "The exact bytes of an attachment; nothing once they were erased",
  params: digestParams,
  response: { 200: { description: "The file.", type: "string" }, "4xx": problemSchema },
} as const;

/** `/v1/evidence/{bundle}/attachments` takes attached files in, `/v1/attachments/{digest}` gives them to operators. */
export function attachmentRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer", bodyLimit: MAX_TRANSCRIPT_BYTES },
    async (_request: unknown, body: Buffer) => body,
  );
  app.post<{ Params: { digest: string }; Body: Buffer | undefined }>(
    "/v1/evidence/:digest/attachments",
    {
      config: { auth: "appliance", limit: "appliance" },
      schema: postSchema,
      bodyLimit: MAX_TRANSCRIPT_BYTES,
    },
    async (request, reply) => {
      const bundle = await ports.store.bundle(request.params.digest);
      if (bundle === null || !mayHave(request, bundle.chain, ports)) return await sendNotFound(reply);
      const { body: bytes = Buffer.alloc(0) } = request;
      const predicate = keptPredicate(bundle);
      const named = isObservation(predicate) ? nameOf(bytes, predicate) : undefined;
      if (named === undefined) return await sendProblem(reply, 422, notNamed);
      if (named.retainUntil <= instantOf(ports.clock())) return await sendProblem(reply, 422, timeIsOver);
      const { digest, retainUntil } = named;
      await ports.store.putAttachment({ digest, bundle: bundle.digest, retainUntil, bytes });
      ports.crashPoint("after-attachment");
      ports.changed();
      return await reply.code(204).send();
    },
  );
  app.get<{ Params: { digest: string } }>(
    "/v1/attachments/:digest",
    { config: { auth: "operator", limit: "operator" }, schema: getSchema },
    async (request, reply) => {
      const found = await ports.store.attachment(request.params.digest);
      if (found === null) return await sendNotFound(reply);
      return await reply.type("application/json").send(Buffer.from(found.bytes));
    },
  );
}

const notNamed: Problem = {
  code: "NOT_NAMED",
  message: "The bundle names no transcript with this digest and size, of a heal that it reports.",
};

const timeIsOver: Problem = { code: "RETENTION_OVER", message: "The time for which it is kept is over." };

/** What a bundle says of exactly these bytes; only transcripts of its own heals are known. */
function nameOf(bytes: Uint8Array, { attachments, heals }: Observation): Attachment | undefined {
  const digest = nodeSha256(bytes);
  const transcript = readTranscript(bytes);
  const isOfHeal = heals.some(
    ({ host, check, startedAt }) =>
      host === transcript?.host && check === transcript.check && startedAt === transcript.startedAt,
  );
  if (!isOfHeal) return undefined;
  return attachments.find(
    (one) =>
      one.digest === digest &&
      one.size === bytes.length &&
      one.class === TRANSCRIPT_CLASS &&
      one.mediaType === TRANSCRIPT_TYPE,
  );
}
