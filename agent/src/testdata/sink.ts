import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type ApplianceReport,
  isObservation,
  readEnvelope,
  type ReadEnvelope,
  type ReadRequestSignature,
  readRequestSignature,
  requestSignatureItem,
  type SignatureItem,
  splitTarget,
} from "@compline/core";
import { nodeSha256 } from "../sha256.ts";
import type { StoredAssignment } from "../store/assignments.ts";

/** A request as the sink saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  /** Null: it has no signature of the one form. */
  readonly signature: ReadRequestSignature | null;
  /** What its signature must hold for, under this key. */
  readonly signed: (publicKey: Uint8Array) => SignatureItem | null;
}

/** A controller that only keeps what it is sent. */
export interface Sink {
  readonly url: string;
  /** Envelopes in the order they came; one that came twice stands once. */
  readonly bundles: ReadEnvelope[];
  readonly files: Uint8Array[];
  /** Digests of `bundles`. */
  readonly known: Set<string>;
  /** Attached files as they came, with the bundle that each is for. */
  readonly attachments: { readonly bundle: string; readonly digest: string }[];
  /** Sizes of the bodies of evidence that came. */
  readonly batches: number[];
  readonly reports: ApplianceReport[];
  readonly requests: SeenRequest[];
  /** What it hands out; null: 404. */
  assignment: StoredAssignment | null;
  /** Digests of assignments that it does not have any more. */
  readonly lost: Set<string>;
  /** Assignments that came back. */
  readonly returned: StoredAssignment[];
  /** Refuses those with this code while it is set. */
  refusing: string | null;
  /** What it tells of its log. */
  checkpoint: string | null;
  /** False: it knows no appliance, as before a reviewed file enrols one. */
  enrolled: boolean;
  /** Given to the next signed request, which is then answered 401. */
  challenge: string | null;
  /** Answers every request with this status while it is set. */
  failing: number | null;
  /** What becomes of a bundle that is not simply to be kept. */
  judge: (bundle: ReadEnvelope) => { status: "fork" | "refused"; code: string } | null;
  /** Resolves when `predicate` holds; it is looked at after each request. */
  until(predicate: () => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Starts one on a free port. */
export async function startSink(): Promise<Sink> {
  const waiting = new Set<() => void>();
  const state: Omit<Sink, "url" | "close"> = {
    bundles: [],
    files: [],
    known: new Set(),
    attachments: [],
    batches: [],
    reports: [],
    requests: [],
    assignment: null,
    lost: new Set(),
    returned: [],
    refusing: null,
    checkpoint: null,
    enrolled: true,
    challenge: null,
    failing: null,
    judge: () => null,
    until: (predicate) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!predicate()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
  const server = createServer((request, response) => {
    void answer(sink, request, response).then(() => {
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const sink: Sink = Object.assign(state, { url: `http://127.0.0.1:${port}`, close: () => stop(server) });
  return sink;
}

async function answer(sink: Sink, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { url = "" } = request;
  const seen = seenIn(request);
  sink.requests.push(seen);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks);
  if (sink.failing !== null) return end(response, sink.failing);
  if (url === "/v1/evidence") return end(response, 200, takeBatch(sink, body));
  if (seen.signature === null) return end(response, 401, { code: "SIGNATURE_FORM" });
  if (!sink.enrolled) return end(response, 401, { code: "UNKNOWN_KEY" });
  if (sink.challenge !== null) return challenge(sink, response, sink.challenge);
  if (url.endsWith("/attachments")) return end(response, takeAttachment(sink, url, body), { code: "NOT_NAMED" });
  if (url.endsWith("/head")) {
    const place = headOf(sink);
    return end(response, place === null ? 204 : 200, place ?? undefined);
  }
  if (url.endsWith("/report")) {
    sink.reports.push(JSON.parse(body.toString("utf8")) as ApplianceReport); // what the agent says of itself
    return end(response, 200, { checkpoint: sink.checkpoint });
  }
  const [, digest] = /^\/v1\/assignments\/([0-9a-f]{64})\/signature$/.exec(url) ?? [];
  if (digest !== undefined) return end(response, sink.lost.has(digest) ? 404 : 200);
  if (url.endsWith("/assignment")) return takeBack(sink, request, { body, response });
  if (url.includes("/assignment?")) return handOut(sink, url, response);
  end(response, 404);
}

function takeBack(
  sink: Sink,
  request: IncomingMessage,
  { body, response }: { readonly body: Buffer; readonly response: ServerResponse },
): void {
  if (sink.refusing !== null) return end(response, 422, { code: sink.refusing });
  const digest = nodeSha256(body);
  sink.lost.delete(digest);
  sink.returned.push({ digest, signature: String(request.headers["compline-signature"]), bytes: body });
  end(response, 200, { digest });
}

/** Only what a bundle that came before names. */
function takeAttachment({ bundles, attachments }: Sink, url: string, body: Buffer): number {
  const [bundle = "", digest] = [url.split("/").at(-2), nodeSha256(body)];
  const predicate = bundles.find((one) => one.digest === bundle)?.statement.predicate;
  if (predicate === undefined) return 404;
  if (!isObservation(predicate) || predicate.attachments.every((one) => one.digest !== digest)) return 422;
  attachments.push({ bundle, digest });
  return 204;
}

function headOf({ bundles }: Sink): { readonly epoch: number; readonly seq: number } | null {
  const places = bundles.map(({ statement }) => statement.predicate.chain);
  return places.toSorted((a, b) => b.epoch - a.epoch || b.seq - a.seq)[0] ?? null;
}

function seenIn({ method = "", url = "", headers }: IncomingMessage): SeenRequest {
  const digest = headers["content-digest"];
  const signature = readRequestSignature({
    "signature-input": String(headers["signature-input"]),
    signature: String(headers["signature"]),
  });
  const parts = {
    method,
    authority: headers.host ?? "",
    ...splitTarget(url),
    contentDigest: digest === undefined ? null : String(digest),
  };
  const signed = (key: Uint8Array) => (signature === null ? null : requestSignatureItem(parts, signature, key));
  return { method, url, signature, signed };
}

function challenge(sink: Sink, response: ServerResponse, nonce: string): void {
  sink.challenge = null;
  response.setHeader("compline-nonce", nonce);
  end(response, 401, { code: "CLOCK_SKEW" });
}

/** A batch, as the evidence API answers one. */
function takeBatch(sink: Sink, body: Buffer): object {
  sink.batches.push(body.length);
  const lines = body.toString("utf8").split("\n").filter(Boolean);
  return { results: lines.map((line) => take(sink, Buffer.from(line))) };
}

function take(sink: Sink, bytes: Buffer): object {
  const digest = nodeSha256(bytes);
  const bundle = readEnvelope(bytes);
  if (!bundle.ok) return { digest, status: "refused", code: bundle.code };
  const other = sink.judge(bundle);
  if (other !== null) return { digest, ...other };
  if (sink.known.has(digest)) return { digest, status: "duplicate", code: null };
  sink.known.add(digest);
  sink.bundles.push(bundle);
  sink.files.push(bytes);
  return { digest, status: "accepted", code: null };
}

/** Without the wait of a real one: an agent must not depend on being held. */
function handOut(sink: Sink, url: string, response: ServerResponse): void {
  const { assignment } = sink;
  if (assignment === null) return end(response, 404);
  if (url.includes(`have=${assignment.digest}`)) return end(response, 204);
  response.writeHead(200, { "compline-digest": assignment.digest, "compline-signature": assignment.signature });
  response.end(assignment.bytes);
}

function end(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body === undefined || status === 204 ? undefined : JSON.stringify(body));
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
