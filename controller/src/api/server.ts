import type { ServerOptions } from "node:https";
import cookie from "@fastify/cookie";
import fastifyStatic from "@fastify/static";
import swagger from "@fastify/swagger";
import { type FastifyBaseLogger, fastify, type FastifyInstance, LogController } from "fastify";
import type { ServerTls } from "../config/tls.ts";
import { ControllerError } from "../errors.ts";
import { assignmentRoutes } from "./assignments.ts";
import { attachmentRoutes } from "./attachments.ts";
import { authorityRoutes } from "./authority.ts";
import { addAuthorization, type DeclaredRoute } from "./authorization.ts";
import { chainHeadRoutes } from "./chain-head.ts";
import { evidenceRoutes } from "./evidence.ts";
import { addHostCheck, addSecurityHeaders, sendNowhere } from "./headers.ts";
import { healthRoutes } from "./health.ts";
import { addAddressLimits, addApplianceLimits } from "./limits.ts";
import { openapiOptions } from "./openapi.ts";
import { addOriginCheck } from "./origin.ts";
import type { ApiPorts } from "./ports.ts";
import { kitRoutes } from "./kits.ts";
import { logRoutes } from "./logs.ts";
import { portalRoutes } from "./portal.ts";
import { sendNotFound, sendProblem } from "./problem.ts";
import { reportRoutes } from "./reports.ts";
import { returnedAssignmentRoutes } from "./returned-assignments.ts";
import { sessionRoutes } from "./session.ts";
import { addBodyDigest } from "./signed/body-digest.ts";
import { siteRoutes } from "./sites.ts";

/** A server, and every route it has. */
export interface Server {
  readonly app: FastifyInstance;
  readonly routes: readonly DeclaredRoute[];
}

/**
 * Makes the HTTP server: evidence API, session, portal. It does not listen yet. A route that declares no
 * authorisation, no limit or no schema is an error here.
 */
export async function createServer(ports: ApiPorts): Promise<Server> {
  const loggerInstance: FastifyBaseLogger = ports.log;
  const app = fastify({
    loggerInstance,
    // One for each request would be made for nothing: hardly any logs, and no two lines are of one request.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    ...(ports.tls === null ? {} : { https: httpsOf(ports.tls) }),
    requestTimeout: 30_000,
    // HEAD would run what GET does: a link checker's HEAD would use up the one-time token of `/session`.
    exposeHeadRoutes: false,
    // An address that is no text reaches no route and no hook; it is answered like any other that leads nowhere.
    frameworkErrors: (_error, _request, reply) => sendNowhere(reply),
    routerOptions: { maxParamLength: 128 },
    // What is sent is judged as it is: nothing is dropped, converted or filled in.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false } },
  });
  addErrors(app);
  addLastAnswers(app);
  addSecurityHeaders(app);
  addHostCheck(app, ports);
  addOriginCheck(app, ports);
  await app.register(cookie);
  addAddressLimits(app, ports);
  const routes = addAuthorization(app, ports);
  addApplianceLimits(app, ports);
  addBodyDigest(app);
  await app.register(swagger, openapiOptions(ports.cookieName));
  await app.register(fastifyStatic, { serve: false });
  for (const add of allRoutes) await app.register(async (scope) => add(scope, ports));
  return { app, routes };
}

function httpsOf({ key, certificate }: Pick<ServerTls, "key" | "certificate">): ServerOptions {
  return { key, cert: certificate, minVersion: "TLSv1.3" };
}

const allRoutes: readonly ((app: FastifyInstance, ports: ApiPorts) => void)[] = [
  healthRoutes,
  sessionRoutes,
  evidenceRoutes,
  attachmentRoutes,
  assignmentRoutes,
  returnedAssignmentRoutes,
  reportRoutes,
  chainHeadRoutes,
  authorityRoutes,
  logRoutes,
  siteRoutes,
  kitRoutes,
  portalRoutes,
];

/** What is answered while the server ends closes its connection: kept alive, it would hold the process for a minute. */
function addLastAnswers(app: FastifyInstance): void {
  let isEnding = false;
  app.addHook("preClose", async () => {
    isEnding = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (isEnding) reply.header("connection", "close");
  });
}

function addErrors(app: FastifyInstance): void {
  app.setNotFoundHandler(async (_request, reply) => await sendNotFound(reply));
  app.setErrorHandler(async (error: Error & { statusCode?: number; code?: string }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500)
      return await sendProblem(reply, status, { code: error.code ?? "BAD_REQUEST", message: error.message });
    request.log.error({ err: error, route: request.routeOptions.url }, "request failed");
    if (error instanceof ControllerError) {
      return await sendProblem(reply, 503, { code: error.code, message: "Try again later." });
    }
    return await sendProblem(reply, 500, { code: "INTERNAL", message: "The controller could not answer." });
  });
}
