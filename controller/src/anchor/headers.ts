import { readFile } from "node:fs/promises";
import { commitsTo, HEADER_BYTES, readBlockHeader } from "@compline/core";
import { ControllerError, messageOf } from "../errors.ts";
import type { AnchorConfirmation } from "../store/contract.ts";
import { call, type Web } from "./web.ts";

/** Where block headers come from, as configured. */
export type HeaderAddress =
  /** JSON-RPC of a Bitcoin node; `credentials` is a file that holds `user:password`, such as the node's `.cookie`. */
  | { readonly by: "node"; readonly url: string; readonly credentials: string }
  /** An Esplora-style endpoint. */
  | { readonly by: "explorer"; readonly url: string }
  /** Headers of 80 bytes, one behind the other. */
  | { readonly by: "file"; readonly path: string };

/** Block headers. */
export interface HeaderSource {
  readonly by: AnchorConfirmation["by"];
  /**
   * The header of the block at a height; of a file, which knows no heights, the one that has the root. Null when it has
   * no such block (yet). Throws HEADER_UNAVAILABLE.
   */
  header(height: number, root: Uint8Array): Promise<Uint8Array | null>;
}

const maxBytes = 10_000;
const maxFileBytes = 128 * 2 ** 20;
/** What a node answers for a height that it has not reached. */
const outOfRange = -8;

/** The source at an address. */
export function headerSource(address: HeaderAddress, web: Web): HeaderSource {
  const find = finderOf(address, web);
  const where = address.by === "file" ? address.path : address.url;
  return {
    by: address.by,
    header: async (height, root) => {
      try {
        return await find(height, root);
      } catch (cause) {
        throw new ControllerError(
          "HEADER_UNAVAILABLE",
          `block ${height} from ${where}: ${messageOf(cause)}`,
          { cause },
        );
      }
    },
  };
}

function finderOf(address: HeaderAddress, web: Web): HeaderSource["header"] {
  if (address.by === "node") return (height) => fromNode(address, height, web);
  if (address.by === "explorer") return (height) => fromExplorer(address.url, height, web);
  return (_, root) => fromFile(address.path, root);
}

type NodeAddress = Extract<HeaderAddress, { readonly by: "node" }>;

async function fromNode(node: NodeAddress, height: number, web: Web): Promise<Uint8Array | null> {
  const hash = await askNode(node, { method: "getblockhash", params: [height] }, web);
  return hash === null
    ? null
    : headerOf(await askNode(node, { method: "getblockheader", params: [hash, false] }, web));
}

/** The file is read each time: a node writes another one when it starts. */
async function askNode(
  { url, credentials }: NodeAddress,
  question: { readonly method: string; readonly params: readonly unknown[] },
  web: Web,
): Promise<string | null> {
  const secret = (await readFile(credentials, "utf8")).trim();
  const headers = {
    authorization: `Basic ${Buffer.from(secret).toString("base64")}`,
    "content-type": "application/json",
  };
  const body = JSON.stringify({ jsonrpc: "1.0", id: "compline", ...question });
  const { status, bytes } = await call(web, { url, body, headers, maxBytes });
  if (status === 401 || status === 403) throw new Error(`it does not take the credentials in ${credentials}`);
  const { result, error } = JSON.parse(Buffer.from(bytes).toString()) as {
    readonly result?: unknown;
    readonly error?: { readonly code?: unknown } | null;
  };
  if (error?.code === outOfRange) return null;
  if (typeof result !== "string") throw new Error(`it answered ${status} without a result`);
  return result;
}

async function fromExplorer(url: string, height: number, web: Web): Promise<Uint8Array | null> {
  const hash = await askExplorer(`${url}/block-height/${height}`, web);
  if (hash === null) return null;
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error("expected the hash of a block");
  return headerOf(await askExplorer(`${url}/block/${hash}/header`, web));
}

async function askExplorer(url: string, web: Web): Promise<string | null> {
  const { status, bytes } = await call(web, { url, maxBytes });
  if (status === 404) return null;
  if (status !== 200) throw new Error(`it answered ${status}`);
  return Buffer.from(bytes).toString("latin1").trim();
}

function headerOf(hex: string | null): Uint8Array {
  if (hex === null || !/^[0-9a-f]{160}$/.test(hex))
    throw new Error(`expected ${HEADER_BYTES} bytes in hexadecimal`);
  return new Uint8Array(Buffer.from(hex, "hex"));
}

async function fromFile(path: string, root: Uint8Array): Promise<Uint8Array | null> {
  const bytes = new Uint8Array(await readFile(path));
  if (bytes.length > maxFileBytes || bytes.length % HEADER_BYTES !== 0)
    throw new Error(
      `expected headers of ${HEADER_BYTES} bytes, at most ${maxFileBytes} in all; found ${bytes.length}`,
    );
  for (let at = 0; at < bytes.length; at += HEADER_BYTES) {
    const header = bytes.slice(at, at + HEADER_BYTES);
    const read = readBlockHeader(header);
    if (read !== null && commitsTo(read, root)) return header;
  }
  return null;
}
