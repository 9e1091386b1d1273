import type { ApplianceReport } from "@compline/core";
import type { FastifyInstance } from "fastify";
import { instantOf, isInstant } from "../clock.ts";
import { applianceParams } from "./evidence-schema.ts";
import { mayHave } from "./ownership.ts";
import { type ApiPorts, enrolmentsNow } from "./ports.ts";
import { problemSchema, sendNotFound, sendProblem } from "./problem.ts";
import { reportSchema } from "./report-schema.ts";

const schema = {
  summary: "What an appliance says about itself: liveness, never a verdict",
  params: applianceParams,
  body: reportSchema,
  response: {
    200: {
      type: "object",
      description: "Kept.",
      required: ["checkpoint"],
      properties: {
        checkpoint: {
          type: ["string", "null"],
          description:
            "The newest checkpoint of the appliance's log, as the signed note; null when there is none.",
        },
      },
    },
    "4xx": problemSchema,
  },
} as const;

/** `/v1/appliances/{id}/report`. */
export function reportRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.post<{ Params: { id: string }; Body: ApplianceReport }>(
    "/v1/appliances/:id/report",
    { config: { auth: "appliance", limit: "appliance" }, schema, bodyLimit: 65_536 },
    async (request, reply) => {
      const { id } = request.params;
      const enrolment = enrolmentsNow(ports).get(id);
      if (!mayHave(request, id, ports) || enrolment === undefined) return await sendNotFound(reply);
      if (!timesOf(request.body).every(isInstant)) return await sendProblem(reply, 400, noTime);
      const receivedAt = instantOf(ports.clock());
      await ports.store.putReport({ appliance: id, receivedAt, body: JSON.stringify(request.body) });
      ports.changed();
      const { checkpoint } = request.body;
      if (enrolment.log !== null && checkpoint !== null) await ports.heard(enrolment.log, checkpoint);
      return await reply.send({ checkpoint: await newestNote(enrolment.log, ports) });
    },
  );
}

const noTime = { code: "BAD_TIME", message: "A time of the report does not exist." };

function timesOf({ asOf, startedAt, nextRunAt, held }: ApplianceReport): readonly string[] {
  return [asOf, startedAt, nextRunAt, ...held.map(({ until }) => until)].filter((time) => time !== null);
}

async function newestNote(log: string | null, { store }: ApiPorts): Promise<string | null> {
  const newest = log === null ? null : await store.checkpoint(log);
  return newest === null ? null : Buffer.from(newest.note).toString("utf8");
}
