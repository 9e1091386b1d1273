import {
  assignmentSignatureItem,
  MAX_ASSIGNMENT_BYTES,
  readAssignmentForAgent,
  type SignatureEngine,
} from "@compline/core";
import type { FastifyInstance } from "fastify";
import type { AssignmentKey } from "../config/assignment-key.ts";
import type { Enrolment } from "../reconcile/enrolments.ts";
import type { StoredAssignment } from "../store/contract.ts";
import { applianceParams } from "./evidence-schema.ts";
import { mayHave } from "./ownership.ts";
import { type ApiPorts, enrolmentsNow } from "./ports.ts";
import { type Problem, problemSchema, sendNotFound, sendProblem } from "./problem.ts";

/** `POST /v1/appliances/{id}/assignment`: an appliance gives back what the store lost when it was set back to an old copy. */
export function returnedAssignmentRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (_: unknown, body: Buffer) => body,
  );
  app.post<{ Params: { id: string }; Body: Buffer; Headers: { "compline-signature": string } }>(
    "/v1/appliances/:id/assignment",
    { config: { auth: "appliance", limit: "appliance" }, schema, bodyLimit: MAX_ASSIGNMENT_BYTES },
    async (request, reply) => {
      const { id } = request.params;
      const enrolment = enrolmentsNow(ports).get(id);
      if (!mayHave(request, id, ports) || enrolment === undefined) return await sendNotFound(reply);
      const signature = request.headers["compline-signature"];
      const judged = await judgeReturned({ bytes: request.body, signature }, enrolment, ports);
      if ("code" in judged) return await sendProblem(reply, 422, judged);
      if ((await ports.store.assignment(judged.digest)) === null) await keep(judged, ports);
      return await reply.send({ digest: judged.digest });
    },
  );
}

async function keep(assignment: StoredAssignment, { store, log, assignmentCame }: ApiPorts): Promise<void> {
  await store.putAssignments([assignment]);
  const { appliance, digest, revision } = assignment;
  log.warn({ appliance, digest, revision }, "an assignment came back that the store lacked");
  assignmentCame();
}

/**
 * Only what this controller's own key signed, for this appliance at a site that it is or was at, is taken: such a one
 * was published, and its revision accepted before that.
 */
async function judgeReturned(
  { bytes, signature }: { readonly bytes: Uint8Array; readonly signature: string },
  { appliance, sites }: Pick<Enrolment, "appliance" | "sites">,
  { engine, assignmentKey: key }: { readonly engine: SignatureEngine; readonly assignmentKey: AssignmentKey },
): Promise<StoredAssignment | Problem> {
  const item = assignmentSignatureItem(bytes, signature, key.publicKey);
  if (item === undefined || (await engine.verify([item]))[0] !== true) return otherKey;
  const read = readAssignmentForAgent(bytes);
  if (!read.ok) return { code: read.code, message: read.message };
  const { assignment, digest } = read;
  if (assignment.appliance !== appliance || !sites.has(assignment.site)) return otherPlace;
  const { site, generation, revision, issuedAt, healUntil } = assignment;
  const stamp = { appliance, site, generation, revision, issuedAt, healUntil };
  return { digest, bytes, signature: Buffer.from(signature, "base64"), keyid: key.keyid, ...stamp };
}

const otherKey: Problem = {
  code: "SIGNATURE_INVALID",
  message: "It is not signed by the key of this controller.",
};

const otherPlace: Problem = {
  code: "WRONG_SITE",
  message: "It is for another appliance, or for a site at which this one never was.",
};

const schema = {
  summary: "Take an assignment back that was signed here and that the store does not have any more",
  description:
    "Exact bytes, and their signature in compline-signature. A box gives back what bundles name that it is about to " +
    "send, when the controller was restored from a backup. Taking one twice changes nothing.",
  params: applianceParams,
  headers: {
    type: "object",
    required: ["compline-signature"],
    properties: {
      "compline-signature": {
        type: "string",
        pattern: "^[A-Za-z0-9+/]{86}==$",
        description: "Base64 of 64 bytes.",
      },
    },
  },
  // The bytes are judged by core, not by the validator: they must be exactly what was signed.
  body: { content: { "application/json": { schema: { description: "An assignment, exact bytes." } } } },
  response: {
    200: {
      type: "object",
      description: "Kept.",
      required: ["digest"],
      properties: { digest: { type: "string", description: "SHA-256 of the bytes." } },
    },
    "4xx": problemSchema,
  },
} as const;
