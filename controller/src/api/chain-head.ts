import type { FastifyInstance } from "fastify";
import { applianceParams } from "./evidence-schema.ts";
import { mayHave } from "./ownership.ts";
import { type ApiPorts, enrolmentsNow } from "./ports.ts";
import { problemSchema, sendNotFound } from "./problem.ts";

const count = { type: "integer", minimum: 0 } as const;

const schema = {
  summary: "The newest place of an appliance's chain that is kept here",
  params: applianceParams,
  response: {
    200: {
      type: "object",
      description: "The highest (epoch, seq); of a fork the bundle that was kept first.",
      required: ["epoch", "seq", "digest"],
      properties: {
        epoch: count,
        seq: count,
        digest: { type: "string", description: "SHA-256 of the file." },
      },
    },
    204: { description: "Nothing of it is kept.", type: "null" },
    "4xx": problemSchema,
  },
} as const;

/** `/v1/appliances/{id}/head`: by it a box finds out that it, or the controller, was set back to an old backup. */
export function chainHeadRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get<{ Params: { id: string } }>(
    "/v1/appliances/:id/head",
    { config: { auth: "appliance", limit: "appliance" }, schema },
    async (request, reply) => {
      const { id } = request.params;
      if (!mayHave(request, id, ports) || !enrolmentsNow(ports).has(id)) return await sendNotFound(reply);
      const head = await ports.store.chainHead(id);
      if (head === null) return await reply.code(204).send();
      const { epoch, seq, digest } = head;
      return await reply.send({ epoch, seq, digest });
    },
  );
}
