import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { plainPage } from "./authorization.ts";
import { pagePolicy } from "./headers.ts";
import type { ApiPorts } from "./ports.ts";
import { sendNotFound } from "./problem.ts";

const schema = {
  summary: "The portal",
  hide: true,
  params: { type: "object", properties: { "*": { type: "string", maxLength: 512 } } },
} as const;

const unknownSchema = { ...schema, summary: "Nothing" } as const;

/** `/` and below: the newest build of the portal. What is below `/v1/` and no route is no page either. */
export function portalRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get(
    "/v1/*",
    { config: { auth: "open", limit: "operator" }, schema: unknownSchema },
    async (_request, reply) => await sendNotFound(reply),
  );
  app.get<{ Params: { "*": string } }>(
    "/*",
    { config: { auth: "page", limit: "operator" }, schema },
    async (request, reply) => {
      const path = request.params["*"];
      reply.header("content-security-policy", pagePolicy);
      reply.header("cache-control", "no-cache");
      const { build, failed } = ports.portal();
      if (build === null) return await sendBuilding(reply, failed ? failedPage : buildingPage);
      return await sendPage(request, reply, { build: build.folder, path });
    },
  );
}

async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { build, path }: { build: string; path: string },
): Promise<FastifyReply> {
  const isFolder = path === "" || path.endsWith("/");
  const file = isFolder ? `${path}index.html` : path;
  if (!isPlain(file)) return await sendMissing(reply, build);
  const stats = await stat(join(build, file)).catch(() => null);
  if (stats?.isDirectory() === true) return await reply.redirect(`/${path}/${queryOf(request)}`, 301);
  if (stats?.isFile() !== true) return await sendMissing(reply, build);
  return await reply.sendFile(file, build, { cacheControl: false, index: false, dotfiles: "deny" });
}

/** Names as the portal makes them: no hidden file and no way out of the folder. */
function isPlain(file: string): boolean {
  return file.split("/").every((part) => /^[A-Za-z0-9_@][A-Za-z0-9._@-]*$/.test(part));
}

function queryOf(request: FastifyRequest): string {
  const at = request.url.indexOf("?");
  return at < 0 ? "" : request.url.slice(at);
}

async function sendMissing(reply: FastifyReply, build: string): Promise<FastifyReply> {
  reply.code(404);
  const page = await stat(join(build, "404.html")).catch(() => null);
  if (page === null) return await reply.type("text/html; charset=utf-8").send(missingPage);
  return await reply.sendFile("404.html", build, { cacheControl: false, etag: false, lastModified: false });
}

async function sendBuilding(reply: FastifyReply, page: string): Promise<FastifyReply> {
  reply.code(503).header("retry-after", "2").type("text/html; charset=utf-8");
  return await reply.send(page);
}

const missingPage = plainPage("There is nothing here", `<p><a href="/">Back to the start</a></p>`);

const buildingPage = plainPage(
  "The portal is being built",
  `<p>Its first pages take a few seconds. This page looks again every 2 seconds.</p>`,
  `<meta http-equiv="refresh" content="2">\n`,
);

const failedPage = plainPage(
  "The portal could not be built",
  `<p>The reason is in the controller's log. It is tried again; <code>npx compline status</code> works without it.</p>`,
  `<meta http-equiv="refresh" content="10">\n`,
);
