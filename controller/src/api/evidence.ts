import { type EvidenceCode, MAX_ENVELOPE_BYTES } from "@compline/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { instantOf } from "../clock.ts";
import type { Metrics } from "../metrics.ts";
import type { RefusedDecision } from "../authority/book.ts";
import type { CommitResult } from "../store/contract.ts";
import { callerOf } from "./allowance.ts";
import { evidenceResultsSchema, evidenceResultSchema, digestParams } from "./evidence-schema.ts";
import { type Judged, judgeEnvelopes } from "./judge.ts";
import { nodeSha256 } from "../crypto.ts";
import { isOfAuthority } from "../store/kept-predicate.ts";
import { mayHave } from "./ownership.ts";
import { type ApiPorts, enrolmentsNow } from "./ports.ts";
import { problemSchema, sendNotFound, sendProblem } from "./problem.ts";

/** What became of one envelope. */
interface EvidenceResult {
  readonly digest: string;
  readonly status: CommitResult["status"];
  readonly code: EvidenceCode | "DIGEST_MISMATCH" | "NOT_ENROLLED" | null;
  readonly message: string;
}

const maxLines = 100;
const newline = 0x0a;

/** `/v1/evidence`: taking bundles in, durably before the answer, and giving their exact bytes out. */
export function evidenceRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer", bodyLimit: MAX_ENVELOPE_BYTES },
    keepBytes,
  );
  const batchLimit = maxLines * (MAX_ENVELOPE_BYTES + 1);
  app.addContentTypeParser("application/x-ndjson", { parseAs: "buffer", bodyLimit: batchLimit }, keepBytes);
  app.addHook("onResponse", async (request) => {
    if (request.method === "POST") ports.crashPoint("after-answer");
  });
  app.post<{ Body: Buffer | undefined }>(
    "/v1/evidence",
    {
      // What is signed is not counted: a box that was away for a week sends everything at once.
      config: { auth: "envelope", limit: "failures" },
      schema: postSchema,
    },
    async (request, reply) => await postEvidence(request, reply, ports),
  );
  app.get<{ Params: { digest: string } }>(
    "/v1/evidence/:digest",
    { config: { auth: "either", limit: "appliance" }, schema: getSchema },
    async (request, reply) => {
      const bundle = await ports.store.bundle(request.params.digest);
      if (bundle === null || !mayHave(request, bundle.chain, ports)) return await sendNotFound(reply);
      return await reply.type("application/json").send(Buffer.from(bundle.bytes));
    },
  );
}

async function postEvidence(
  request: FastifyRequest<{ Body: Buffer | undefined }>,
  reply: FastifyReply,
  ports: ApiPorts,
): Promise<FastifyReply> {
  const took = ports.metrics.ingestSeconds.startTimer();
  // A request without a body has no content type either, and no parser made a buffer of it.
  const { body = Buffer.alloc(0) } = request;
  const isBatch = request.mediaType === "application/x-ndjson";
  const envelopes = isBatch ? linesOf(body) : [body];
  if (envelopes.length > maxLines) {
    return await sendProblem(reply, 413, {
      code: "TOO_MANY",
      message: `At most ${maxLines} envelopes at once.`,
    });
  }
  const judged = await judgeNow(envelopes, ports);
  ports.crashPoint("after-judge");
  ports.failures.spend(callerOf(request.ip), judged.filter(isUnsigned).length);
  const results = await ingest(judged, envelopes, ports);
  took();
  if (isBatch) return await reply.send({ results });
  const [result] = results;
  if (result === undefined) throw new Error("unreachable: one envelope has one result");
  // The box keeps what it was not refused: it may be enrolled later.
  if (result.code === "NOT_ENROLLED") return await sendNotFound(reply);
  return await reply.code(statusOf[result.status]).send(result);
}

/** By who may sign when they are kept: what changed meanwhile has them judged again. */
async function judgeNow(envelopes: readonly Uint8Array[], ports: ApiPorts): Promise<readonly Judged[]> {
  const enrolments = enrolmentsNow(ports);
  const version = ports.authority.version();
  const tools = { engine: ports.engine, receivedAt: instantOf(ports.clock()) };
  const judged = await judgeEnvelopes(envelopes, { enrolments, authority: ports.authority }, tools);
  const isCurrent = enrolments === enrolmentsNow(ports) && version === ports.authority.version();
  return isCurrent ? judged : await judgeNow(envelopes, ports);
}

function isUnsigned(judged: Judged): boolean {
  return "refused" in judged && !judged.isSigned;
}

const statusOf: Readonly<Record<CommitResult["status"], number>> = {
  accepted: 201,
  duplicate: 200,
  fork: 409,
  refused: 422,
};

async function ingest(
  judged: readonly Judged[],
  envelopes: readonly Uint8Array[],
  ports: ApiPorts,
): Promise<readonly EvidenceResult[]> {
  const results = await Promise.all(judged.map((one, index) => keep(one, envelopes[index], ports)));
  count(results, judged, ports.metrics);
  const refused = results.filter((result) => result.status === "refused" || result.status === "fork");
  for (const { digest, status, code } of refused) {
    ports.log.warn({ digest, status, code }, "evidence not accepted");
  }
  ports.crashPoint("after-commit");
  ports.changed();
  return results;
}

function count(
  results: readonly EvidenceResult[],
  judged: readonly Judged[],
  metrics: Pick<Metrics, "envelopes" | "envelopesRefused" | "heals">,
): void {
  for (const [index, { status, code }] of results.entries()) {
    metrics.envelopes.inc({ outcome: status });
    if (status === "refused") metrics.envelopesRefused.inc({ code: code ?? "" });
    const one = judged[index];
    // What is sent again was counted the first time.
    if (status !== "accepted" || one === undefined || "refused" in one) continue;
    for (const outcome of one.heals) metrics.heals.inc({ outcome });
  }
}

async function keep(judged: Judged, bytes: Uint8Array | undefined, ports: ApiPorts): Promise<EvidenceResult> {
  if ("refused" in judged) {
    return { digest: nodeSha256(bytes ?? new Uint8Array()), status: "refused", ...judged.refused };
  }
  const { item, read } = judged;
  const result = isOfAuthority(item)
    ? await ports.authority.take(item, read)
    : await ports.group.submit(item);
  return { digest: judged.item.digest, status: result.status, ...describe(result) };
}

function describe(result: CommitResult | RefusedDecision): { code: EvidenceResult["code"]; message: string } {
  if (result.status === "refused") return { code: result.code, message: result.message };
  if (result.status === "fork") {
    return { code: "FORK", message: `Kept; ${result.others.join(", ")} has the same place in the chain.` };
  }
  return { code: null, message: result.status === "accepted" ? "Kept." : "Kept before." };
}

async function keepBytes(_request: FastifyRequest, body: Buffer): Promise<Buffer> {
  return body;
}

/** Lines of exact bytes; empty ones are none. It stops at the first one too many: a body may hold millions. */
function linesOf(body: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < body.length && lines.length <= maxLines; ) {
    const end = body.indexOf(newline, start);
    const line = body.subarray(start, end < 0 ? body.length : end);
    if (line.length > 0) lines.push(line);
    start = end < 0 ? body.length : end + 1;
  }
  return lines;
}

const postSchema = {
  summary: "Take evidence in",
  description:
    "One envelope as application/json, or up to 100 as application/x-ndjson. Durable before the answer. No credential: " +
    "an envelope signs itself. One of a chain that nobody enrols is 404, and NOT_ENROLLED in a batch. Decisions of a " +
    "partner's authority are taken in here, too.",
  // The bytes are judged by core, not by the validator: they must be exactly what was signed.
  body: {
    content: {
      "application/json": { schema: { description: "One DSSE envelope, exact bytes." } },
      "application/x-ndjson": { schema: { description: "Envelopes, one a line." } },
    },
  },
  response: {
    200: evidenceResultsSchema,
    201: evidenceResultSchema,
    409: evidenceResultSchema,
    422: evidenceResultSchema,
    "4xx": problemSchema,
  },
} as const;

const getSchema = {
  summary: "The exact bytes of a bundle",
  params: digestParams,
  response: { 200: { description: "One DSSE envelope.", type: "string" }, "4xx": problemSchema },
} as const;
