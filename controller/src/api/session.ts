import type { FastifyInstance } from "fastify";
import { plainPage } from "./authorization.ts";
import type { ApiPorts } from "./ports.ts";

const schema = {
  summary: "Exchange a one-time token for a session cookie",
  querystring: {
    type: "object",
    required: ["token"],
    additionalProperties: false,
    properties: {
      token: { type: "string", minLength: 16, maxLength: 256, description: "The token that was printed." },
    },
  },
  response: {
    200: { description: "A page that goes on to the portal.", type: "string" },
    401: { description: "The token is unknown, used or too old.", type: "string" },
  },
} as const;

/**
 * `/session`. It answers a page, not a redirect: a browser that came from a link elsewhere would not send a
 * SameSite=Strict cookie along a redirect, and the portal would look signed out.
 */
export function sessionRoutes(app: FastifyInstance, ports: ApiPorts): void {
  app.get<{ Querystring: { token: string } }>(
    "/session",
    { config: { auth: "open", limit: "session" }, schema },
    async (request, reply) => {
      reply.type("text/html; charset=utf-8");
      const value = await ports.signIn.exchange(request.query.token);
      if (value === null) return await reply.code(401).send(usedPage);
      const maxAge = ports.signIn.sessionLifeMs / 1000;
      const secure = request.protocol === "https";
      reply.setCookie(ports.cookieName, value, {
        path: "/",
        httpOnly: true,
        secure,
        sameSite: "strict",
        maxAge,
      });
      return await reply.send(welcomePage);
    },
  );
}

const welcomePage = plainPage(
  "Signed in",
  `<p><a href="/">Go on to the portal</a></p>`,
  `<meta http-equiv="refresh" content="0; url=/">\n`,
);

const usedPage = plainPage(
  "This address does not work any more",
  `<p>It works once, and for an hour. For a new one, run</p>
<pre><code>npx compline status --link</code></pre>`,
);
