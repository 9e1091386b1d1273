import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { encodeTimestamp, type Timestamp } from "@compline/core";

/** The compact form of a target that one hash in 256 meets, and a limit that allows it: for tests only. */
const easyBits = 0x2000ffff;
export const easyLimit = (): bigint => 0xffffn << 232n;

const sha256Tag = 0x08;
const appendTag = 0xf0;
const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/**
 * A Bitcoin of our own: blocks with real, little work, from height 1. It answers as an Esplora-style endpoint below
 * `/explorer` and as a node's JSON-RPC at `/rpc`.
 */
export class LocalChain {
  readonly headers: Uint8Array[] = [];

  /** Mines a block whose Merkle root is given; its height. */
  mine(root: Uint8Array, timeS = 1_790_000_000 + this.headers.length * 600): number {
    const header = new Uint8Array(80);
    const view = new DataView(header.buffer);
    view.setUint32(0, 2, true);
    header.set(this.headers.length === 0 ? new Uint8Array(32) : sha256(sha256(this.headers.at(-1) ?? header)), 4);
    header.set(root, 36);
    view.setUint32(68, timeS, true);
    view.setUint32(72, easyBits, true);
    for (let nonce = 0; sha256(sha256(header))[31] !== 0; nonce++) view.setUint32(76, nonce, true);
    this.headers.push(header);
    return this.headers.length;
  }

  hash(height: number): string | null {
    const header = this.headers[height - 1];
    return header === undefined ? null : Buffer.from(sha256(sha256(header)).toReversed()).toString("hex");
  }

  headerHex(hash: unknown): string | null {
    const at = this.headers.findIndex((_, index) => this.hash(index + 1) === hash);
    return at < 0 ? null : Buffer.from(this.headers[at] ?? []).toString("hex");
  }
}

/** How a calendar behaves: as it should, or as said. */
export type Mood = "well" | "down" | "silent" | "garbage" | "endless" | "elsewhere";

/** A calendar that runs on loopback, and its Bitcoin. Nothing happens by itself: `confirm` makes a block. */
export class LocalCalendar {
  mood: Mood = "well";
  readonly submitted: string[] = [];
  readonly chain: LocalChain;
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  readonly #waiting = new Map<string, Uint8Array>();
  readonly #confirmed = new Map<string, Timestamp>();

  private constructor(chain: LocalChain, server: ReturnType<typeof createServer>) {
    this.chain = chain;
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async start(chain: LocalChain = new LocalChain()): Promise<LocalCalendar> {
    const server = createServer((request, response) => void calendar.#answer(request, response));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const calendar = new LocalCalendar(chain, server);
    return calendar;
  }

  /** Puts all that waits into one block each, and redeems the promises. */
  confirm(): void {
    for (const [hex, message] of this.#waiting) {
      const root = sha256(message);
      const attestations = [{ kind: "bitcoin" as const, height: this.chain.mine(root) }];
      const timestamp = { message: root, attestations, branches: [] };
      this.#confirmed.set(hex, {
        message,
        attestations: [],
        branches: [{ operation: { tag: sha256Tag, argument: null }, timestamp }],
      });
    }
    this.#waiting.clear();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (this.mood === "silent") return;
    if (this.mood === "down") return void response.writeHead(503).end();
    if (this.mood === "garbage") return void response.end("<html>welcome</html>");
    if (this.mood === "endless") return void response.end(Buffer.alloc(20_000));
    const path = request.url ?? "";
    const bytes = path === "/digest" ? this.#promise(body) : this.#look(path, body);
    if (bytes === null) response.writeHead(404).end();
    else response.end(bytes);
  }

  #promise(digest: Uint8Array): Uint8Array {
    this.submitted.push(Buffer.from(digest).toString("hex"));
    const nonce = sha256(Buffer.from(this.url)).slice(0, 8);
    const message = new Uint8Array(Buffer.concat([digest, nonce]));
    this.#waiting.set(Buffer.from(message).toString("hex"), message);
    const uri = this.mood === "elsewhere" ? "http://127.0.0.1:9/elsewhere" : this.url;
    const timestamp = { message, attestations: [{ kind: "pending" as const, uri }], branches: [] };
    return encodeTimestamp({
      message: new Uint8Array(digest),
      attestations: [],
      branches: [{ operation: { tag: appendTag, argument: nonce }, timestamp }],
    });
  }

  #look(path: string, body: Buffer): Uint8Array | string | null {
    const [, kind, first = "", second = ""] = path.split("/");
    if (kind === "timestamp") {
      const found = this.#confirmed.get(first);
      return found === undefined ? null : encodeTimestamp(found);
    }
    if (kind === "rpc") return this.#rpc(body);
    return kind === "explorer" ? this.#explore(first, second) : null;
  }

  #rpc(body: Buffer): string {
    const { method, params } = JSON.parse(body.toString()) as { method: string; params: readonly unknown[] };
    const result = method === "getblockhash" ? this.chain.hash(Number(params[0])) : this.chain.headerHex(params[0]);
    const error = result === null ? { code: -8, message: "Block height out of range" } : null;
    return JSON.stringify({ result, error, id: "compline" });
  }

  #explore(kind: string, at: string): string | null {
    return kind === "block-height" ? this.chain.hash(Number(at)) : this.chain.headerHex(at);
  }
}
