import type { MetricsToken } from "../config/metrics-token.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { Metrics } from "../metrics.ts";
import { sendProblem, sendUnauthorized } from "./problem.ts";
import type { RequestRefusal, RequestVerifier } from "./signed/request-verifier.ts";
import type { SignIn } from "./sign-in.ts";

/**
 * Who may call a route: `open` anybody; `envelope` anybody, for what is posted is signed itself; `appliance` the signer of
 * the request; `operator` a signed-in browser; `either` of the two; `page` like operator, and without a session a page
 * says how to get one; `monitor` the token of `/metrics`, or an operator.
 */
export type Auth = "open" | "envelope" | "appliance" | "operator" | "either" | "page" | "monitor";

/** Who calls. */
export type Principal =
  | { readonly kind: "operator" | "monitor" }
  | { readonly kind: "appliance"; readonly id: string };

declare module "fastify" {
  interface FastifyContextConfig {
    /** Every route declares it; a route without one keeps the server from starting. */
    auth?: Auth;
  }
  interface FastifyRequest {
    /** Null on routes that ask for no credential. */
    principal: Principal | null;
  }
}

/** What is needed to tell who calls. */
export interface Credentials {
  readonly requests: RequestVerifier;
  readonly signIn: SignIn;
  readonly cookieName: string;
  readonly metricsToken: MetricsToken;
  readonly metrics: Pick<Metrics, "requestsRefused">;
}

/** A route as it was added. */
export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly auth: Auth;
}

/**
 * Puts the authorisation in front of every route that is added afterwards, and answers the table of them, which grows
 * as they are. A route that declares none, or has no schema, throws where it is added.
 */
export function addAuthorization(app: FastifyInstance, credentials: Credentials): readonly DeclaredRoute[] {
  const table: DeclaredRoute[] = [];
  app.decorateRequest("principal", null);
  app.addHook("onRoute", (route) => void table.push(...declared(route)));
  app.addHook("onRequest", async (request, reply) => {
    const auth = request.routeOptions.config.auth;
    // Without a route there is nothing to protect; the answer is 404 for everybody.
    if (auth === undefined || auth === "open" || auth === "envelope") return undefined;
    const caller = await identify(request, auth, credentials);
    request.principal = caller !== null && "kind" in caller ? caller : null;
    if (request.principal !== null) return undefined;
    const tooMany = caller !== null && "status" in caller && caller.status === 429;
    credentials.metrics.requestsRefused.inc({ reason: tooMany ? "too_many" : "unauthorized" });
    if (caller !== null && "status" in caller) return await sendRefusal(reply, caller);
    return auth === "page" ? await sendSignInPage(reply) : await sendUnauthorized(reply);
  });
  return table;
}

function declared({ method, url, config, schema }: RouteOptions): readonly DeclaredRoute[] {
  const auth = config?.auth;
  if (schema === undefined) throw new Error(`unreachable: ${url} has no schema`);
  if (auth === undefined) throw new Error(`unreachable: ${url} declares no authorisation`);
  return [method].flat().map((one) => ({ method: one, url, auth }));
}

async function identify(
  request: FastifyRequest,
  auth: Auth,
  { requests, signIn, cookieName, metricsToken }: Credentials,
): Promise<Principal | RequestRefusal | null> {
  const isSigned = request.headers["signature-input"] !== undefined;
  if ((auth === "appliance" || auth === "either") && isSigned) {
    const verified = await requests.verify(request);
    return "refusal" in verified ? verified.refusal : { kind: "appliance", id: verified.enrolment.appliance };
  }
  const token = /^Bearer ([\x21-\x7e]{16,256})$/.exec(request.headers.authorization ?? "")?.[1];
  if (auth === "monitor" && token !== undefined) {
    return (await metricsToken.isGood(token)) ? { kind: "monitor" } : null;
  }
  const cookie = request.cookies[cookieName];
  if (auth === "appliance" || cookie === undefined) return null;
  return (await signIn.isGood(cookie)) ? { kind: "operator" } : null;
}

async function sendRefusal(reply: FastifyReply, refusal: RequestRefusal): Promise<FastifyReply> {
  const { status, code, message, nonce, retryAfterS } = refusal;
  if (nonce !== undefined) reply.header("compline-nonce", nonce);
  if (retryAfterS !== undefined) reply.header("retry-after", String(retryAfterS));
  return await sendProblem(reply, status, { code, message });
}

async function sendSignInPage(reply: FastifyReply): Promise<FastifyReply> {
  return await reply.code(401).type("text/html; charset=utf-8").send(signInPage);
}

/** A page that works under a policy that allows nothing. */
export function plainPage(title: string, body: string, head = ""): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${head}<title>${title}</title>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`;
}

const signInPage = plainPage(
  "Sign in to Compline",
  `<p>This browser is not signed in. In the folder of the repository, run</p>
<pre><code>npx compline status --link</code></pre>
<p>and open the address that it prints. The address works once.</p>`,
);
