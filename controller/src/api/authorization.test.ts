import { createHash } from "node:crypto";
import { utimes } from "node:fs/promises";
import { join } from "node:path";
import { fastify } from "fastify";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeEngine } from "../crypto.ts";
import { createMetrics } from "../metrics.ts";
import { Allowance } from "./allowance.ts";
import { addAuthorization, type DeclaredRoute } from "./authorization.ts";
import { RequestVerifier } from "./signed/request-verifier.ts";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

let api: TestApi;
beforeEach(async () => {
  api = await makeApi();
});
afterEach(() => api.close());

/** Every route there is, with its parameters filled in. */
function routeTable(): readonly DeclaredRoute[] {
  return api.routes.map(({ method, url, auth }) => ({
    method,
    url: url.replace(":id", api.mine.id).replace(":digest", "0".repeat(64)).replace("*", "x/"),
    auth,
  }));
}

describe("authorisation", () => {
  test("a route that declares none, or has no schema, keeps the server from starting", async () => {
    const app = fastify();
    addAuthorization(app, {
      requests: new RequestVerifier({
        enrolments: () => new Map(),
        isRevoked: () => false,
        engine: nodeEngine(),
        clock: Date.now,
        failures: new Allowance(1, Date.now),
      }),
      signIn: { exchange: async () => null, isGood: async () => false, sessionLifeMs: 1 },
      cookieName: "c",
      metricsToken: { isGood: async () => false },
      metrics: createMetrics(),
    });
    const add = (options: object) => () => app.get("/forgotten", options, async () => "secret");
    expect(add({ schema: {} })).toThrow("declares no authorisation");
    expect(add({ config: { auth: "operator" } })).toThrow("has no schema");
  });

  test("every route but the open ones and the one for evidence refuses whoever brings no credential, or a wrong one", async () => {
    const table = routeTable();
    const open = table.filter(({ auth, method }) => auth === "open" && method === "GET");
    const log = "/v1/log/:partner";
    const logs = ["checkpoint", "consistency/:old", "cosigned", "tile/x/"].map((path) => `${log}/${path}`);
    expect(open.map(({ url }) => url).toSorted()).toEqual([
      "/healthz",
      "/readyz",
      "/session",
      "/v1/authority/:partner",
      ...logs,
      "/v1/x/",
    ]);
    expect(table.length).toBeGreaterThanOrEqual(11);
    for (const { method, url } of table.filter(({ auth }) => auth !== "open" && auth !== "envelope")) {
      const body = method === "POST" ? { body: "{}" } : {};
      const unknown = await api.stranger.signed({ method, host, url, ...body });
      for (const headers of [{}, unknown, { cookie: "compline-8480=forged" }]) {
        const answer = await api.app.inject({ method: method as "GET", url, headers: { host, ...headers } });
        expect([method, url, answer.statusCode]).toEqual([method, url, 401]);
      }
    }
  });

  test("a signed request opens nothing of the operator's, and a session nothing of an appliance's", async () => {
    const cookie = await api.signIn();
    for (const { method, url, auth } of routeTable()) {
      if (auth === "open" || auth === "envelope" || auth === "either") continue;
      const signed = await api.mine.signed({ method, host, url });
      const headers = auth === "appliance" ? { host, cookie } : signed;
      const answer = await api.app.inject({ method: method as "GET", url, headers });
      expect([method, url, answer.statusCode]).toEqual([method, url, 401]);
    }
  });

  test("every route answers with a content security policy that allows nothing from elsewhere, whoever asks", async () => {
    const cookie = await api.signIn();
    for (const { method, url } of routeTable()) {
      const body = method === "POST" ? { body: "{}" } : {};
      const signed = await api.mine.signed({ method, host, url, ...body });
      for (const headers of [{}, { cookie }, signed, { host: "evil.example" }]) {
        const answer = await api.app.inject({ method: method as "GET", url, headers: { host, ...headers } });
        expect([method, url, answer.headers["content-security-policy"]]).toEqual([
          method,
          url,
          expect.stringMatching(/^default-src 'none'; (?!.*(unsafe|\*|https?:))/),
        ]);
      }
    }
  });

  test("is described for every route that is no page", async () => {
    const answer = await api.app.inject({
      url: "/openapi.json",
      headers: { host, cookie: await api.signIn() },
    });
    const { paths } = answer.json();
    expect(paths["/v1/evidence"].post.security).toEqual([]);
    expect(paths["/v1/appliances/{id}/assignment"].get.security).toEqual([{ signature: [] }]);
    expect(paths["/v1/sites"].get.security).toEqual([{ session: [] }]);
    expect(paths["/healthz"].get.security).toEqual([]);
    const described = Object.keys(paths).map((path) =>
      path.replace("{*}", "*").replaceAll(/\{(\w+)\}/g, ":$1"),
    );
    const declared = api.routes.map(({ url }) => url).filter((url) => url !== "/*" && url !== "/v1/*");
    expect(new Set(described)).toEqual(new Set(declared));
  });

  test("an address that is no text is 404, with the headers of every answer", async () => {
    for (const url of ["/%", "/%ff%fe", "/v1/sites/%zz"]) {
      const answer = await api.app.inject({ url, headers: { host: "evil.example" } });
      expect([answer.statusCode, answer.json().code]).toEqual([404, "NOT_FOUND"]);
      expect(answer.headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      });
    }
  });

  test("an unknown route is 404 for everybody", async () => {
    for (const url of ["/v1/nothing", "/v1/sites/x/y"]) {
      const answer = await api.app.inject({ url, headers: { host } });
      expect([answer.statusCode, answer.json().code]).toEqual([404, "NOT_FOUND"]);
    }
    const posted = await api.app.inject({ method: "POST", url: "/elsewhere", headers: { host } });
    expect(posted.statusCode).toBe(404);
  });

  test("another host name is refused before anything else", async () => {
    for (const name of ["evil.example:8480", "127.0.0.1:9", "127.0.0.1", ""]) {
      const answer = await api.app.inject({ url: "/healthz", headers: { host: name } });
      expect([name, answer.statusCode]).toEqual([name, 421]);
    }
    for (const name of ["localhost:8480", "[::1]:8480"]) {
      expect((await api.app.inject({ url: "/healthz", headers: { host: name } })).statusCode).toBe(200);
    }
  });
});

describe("signing in", () => {
  const open = (token: string) => api.app.inject({ url: `/session?token=${token}`, headers: { host } });
  const token = "one-time-token-of-a-test";

  test("a token opens one session, and the cookie is for this site's own pages only", async () => {
    await api.addToken(token);
    const first = await open(token);
    expect(first.statusCode).toBe(200);
    const cookie = String(first.headers["set-cookie"]);
    expect(cookie).toMatch(/^compline-8480=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(first.body).toContain('http-equiv="refresh"');
    const second = await open(token);
    expect([second.statusCode, second.headers["set-cookie"]]).toEqual([401, undefined]);
  });

  test("a HEAD does not use a token up", async () => {
    await api.addToken(token);
    const head = await api.app.inject({ method: "HEAD", url: `/session?token=${token}`, headers: { host } });
    expect([head.statusCode, head.headers["set-cookie"]]).toEqual([404, undefined]);
    expect((await open(token)).statusCode).toBe(200);
  });

  test("two requests with one token open one session", async () => {
    await api.addToken(token);
    const codes = (await Promise.all([open(token), open(token)])).map((answer) => answer.statusCode);
    expect(codes.toSorted((a, b) => a - b)).toEqual([200, 401]);
  });

  test("a token that is older than an hour opens none", async () => {
    await api.addToken(token);
    const file = join(api.folder, "login", createHash("sha256").update(token).digest("hex"));
    const old = (api.clock.nowMs - 3_600_001) / 1000;
    await utimes(file, old, old);
    expect((await open(token)).statusCode).toBe(401);
  });

  test("a session ends after 7 days", async () => {
    const cookie = await api.signIn();
    const get = () => api.app.inject({ url: "/openapi.json", headers: { host, cookie } });
    expect((await get()).statusCode).toBe(200);
    api.clock.nowMs += 7 * 86_400_000 + 1;
    expect((await get()).statusCode).toBe(401);
  });
});
