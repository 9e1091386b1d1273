import type { FastifyReply } from "fastify";

/** Why a request was not answered: a stable code and a sentence for people. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** JSON Schema of {@link Problem}. */
export const problemSchema = {
  type: "object",
  description: "Why the request was not answered.",
  required: ["code", "message"],
  additionalProperties: false,
  properties: {
    code: { type: "string", description: "A stable code." },
    message: { type: "string", description: "A sentence for people." },
  },
} as const;

/** Answers with a problem. */
export async function sendProblem(
  reply: FastifyReply,
  status: number,
  problem: Problem,
): Promise<FastifyReply> {
  return await reply.code(status).type("application/json; charset=utf-8").send(JSON.stringify(problem));
}

/** The one answer for what is not there and for what is somebody else's: they cannot be told apart. */
export async function sendNotFound(reply: FastifyReply): Promise<FastifyReply> {
  return await sendProblem(reply, 404, { code: "NOT_FOUND", message: "There is nothing here." });
}

/** The answer to a request without a credential that the route takes. */
export async function sendUnauthorized(reply: FastifyReply): Promise<FastifyReply> {
  return await sendProblem(reply, 401, { code: "UNAUTHORIZED", message: "This needs a credential." });
}

/** The answer to a caller who did too much of one thing in a minute. */
export async function sendTooMany(reply: FastifyReply, retryAfterS: number): Promise<FastifyReply> {
  reply.header("retry-after", String(retryAfterS));
  return await sendProblem(reply, 429, { code: "TOO_MANY_REQUESTS", message: "Too many; try again later." });
}
