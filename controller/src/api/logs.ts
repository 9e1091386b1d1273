import {
  encodeConsistencyFile,
  encodeEntryTile,
  encodeHashTile,
  encodeLoggedProof,
  hasTile,
  leafHash,
  readTilePath,
  TILE_WIDTH,
  type Tile,
  tileNodes,
  verifyInclusion,
} from "@compline/core";
import type { FastifyInstance, FastifyReply } from "fastify";
import { otsOfBundle } from "../anchor/bundle-ots.ts";
import { newestCheckpoint, newestCosigned, readKept, type SeenCheckpoint } from "../transparency/cosigned.ts";
import { proveConsistency, proveInclusion, treeHash } from "../transparency/prove.ts";
import { digestParams } from "./evidence-schema.ts";
import { mayHave } from "./ownership.ts";
import type { ApiPorts } from "./ports.ts";
import { problemSchema, sendNotFound } from "./problem.ts";

const forEver = "public, max-age=31536000, immutable";
const aMoment = "public, max-age=1";
const plain = "text/plain; charset=utf-8";
const bytes = "application/octet-stream";

/**
 * `/v1/log/{partner}`: a partner's log as C2SP tlog-tiles serves it, and proofs. Open to whoever reaches the controller:
 * it holds digests of bundles and says nothing else of them, and witnesses and auditors have no session.
 */
export function logRoutes(app: FastifyInstance, ports: ApiPorts): void {
  const config = { auth: "open", limit: "operator" } as const;
  app.get<{ Params: { partner: string } }>(
    "/v1/log/:partner/checkpoint",
    { config, schema: schemaOf("The newest checkpoint, as a signed note") },
    async ({ params }, reply) => {
      const checkpoint = await newest(params.partner, ports);
      if (checkpoint === null) return await sendNotFound(reply);
      return await send(reply, { type: plain, cache: aMoment, body: checkpoint.note });
    },
  );
  app.get<{ Params: { partner: string } }>(
    "/v1/log/:partner/cosigned",
    {
      config,
      schema: schemaOf("The newest checkpoint that a witness cosigned, with the lines of all who did"),
    },
    async ({ params }, reply) => {
      const log = ports.logOf(params.partner);
      const cosigned = log === null ? null : await newestCosigned(ports.store, log);
      if (cosigned === null) return await sendNotFound(reply);
      return await send(reply, { type: plain, cache: aMoment, body: cosigned.note });
    },
  );
  app.get<{ Params: { partner: string; "*": string } }>(
    "/v1/log/:partner/tile/*",
    {
      config,
      schema: schemaOf("A tile of hashes or of entries", { "*": { type: "string", maxLength: 64 } }),
    },
    async ({ params }, reply) => {
      const checkpoint = await newest(params.partner, ports);
      const tile = readTilePath(params["*"]);
      // Only what a checkpoint covers: what comes after it is not shown to anybody yet.
      if (checkpoint === null || tile === null || !hasTile(checkpoint.size, tile))
        return await sendNotFound(reply);
      return await send(reply, {
        type: bytes,
        cache: forEver,
        body: await tileBytes(checkpoint.log, tile, ports),
      });
    },
  );
  app.get<{ Params: { partner: string; old: string } }>(
    "/v1/log/:partner/consistency/:old",
    {
      config,
      schema: schemaOf("That the newest checkpoint follows on from an older size", {
        old: { type: "string", pattern: "^(?:0|[1-9][0-9]{0,15})$" },
      }),
    },
    async ({ params }, reply) => {
      const checkpoint = await newest(params.partner, ports);
      const old = Number(params.old);
      if (checkpoint === null || old > checkpoint.size) return await sendNotFound(reply);
      const { log, size } = checkpoint;
      const hashes = await proveConsistency(ports.store, log, { old, size });
      const body = encodeConsistencyFile({ old, hashes, checkpoint: readKept(checkpoint.note) });
      return await send(reply, { type: plain, cache: aMoment, body });
    },
  );
  app.get<{ Params: { digest: string } }>(
    "/v1/evidence/:digest/proof",
    {
      config: { auth: "either", limit: "appliance" },
      schema: { ...schemaOf("That a bundle is in its log"), params: digestParams },
    },
    async (request, reply) => {
      const bundle = await ports.store.bundle(request.params.digest);
      if (bundle === null || !mayHave(request, bundle.chain, ports)) return await sendNotFound(reply);
      const proof = await proofOf(bundle, ports);
      return proof === null
        ? await sendNotFound(reply)
        : await send(reply, { type: plain, cache: aMoment, body: proof });
    },
  );
  otsRoute(app, ports);
}

function otsRoute(app: FastifyInstance, ports: ApiPorts): void {
  app.get<{ Params: { digest: string } }>(
    "/v1/evidence/:digest/ots",
    {
      config: { auth: "either", limit: "appliance" },
      schema: {
        ...schemaOf("Since when a bundle has existed, as an OpenTimestamps file"),
        params: digestParams,
      },
    },
    async (request, reply) => {
      const bundle = await ports.store.bundle(request.params.digest);
      if (bundle === null || !mayHave(request, bundle.chain, ports)) return await sendNotFound(reply);
      const ots = await otsOfBundle(bundle, ports.store);
      return ots === null
        ? await sendNotFound(reply)
        : await send(reply, { type: bytes, cache: aMoment, body: ots });
    },
  );
}

async function newest(partner: string, { logOf, store }: ApiPorts): Promise<SeenCheckpoint | null> {
  const log = logOf(partner);
  return log === null ? null : await newestCheckpoint(store, log);
}

async function tileBytes(log: string, tile: Tile, { store }: ApiPorts): Promise<Uint8Array> {
  const { level } = tile;
  if (level !== "entries") return encodeHashTile(await store.logNodes(log, tileNodes({ ...tile, level })));
  const from = tile.index * TILE_WIDTH;
  const leaves = await store.logLeaves(log, from, from + tile.width);
  return encodeEntryTile(leaves.map((digest) => Buffer.from(digest, "hex")));
}

/**
 * Under the newest checkpoint that a witness cosigned when it covers the bundle, else under the newest; null for a bundle
 * without a log, and for one that no checkpoint covers yet.
 */
async function proofOf(
  {
    digest,
    log,
    leaf,
  }: { readonly digest: string; readonly log: string | null; readonly leaf: number | null },
  { store }: ApiPorts,
): Promise<Uint8Array | null> {
  if (log === null || leaf === null) return null;
  const seen = await newestCosigned(store, log);
  const stored = seen !== null && leaf < seen.size ? seen : await store.checkpoint(log);
  if (stored === null || leaf >= stored.size) return null;
  const checkpoint = readKept(stored.note);
  const hashes = await proveInclusion(store, log, { index: leaf, size: stored.size });
  const head = { size: stored.size, root: Buffer.from(checkpoint.root, "hex") };
  const hash = leafHash(Buffer.from(digest, "hex"), treeHash);
  if (!verifyInclusion(hash, leaf, head, hashes, treeHash))
    throw new Error(`unreachable: the log ${log} does not prove its leaf ${leaf}`);
  return encodeLoggedProof({ index: leaf, hashes, checkpoint });
}

async function send(
  reply: FastifyReply,
  { type, cache, body }: { readonly type: string; readonly cache: string; readonly body: Uint8Array },
): Promise<FastifyReply> {
  return await reply.type(type).header("cache-control", cache).send(Buffer.from(body));
}

function schemaOf(summary: string, more: object = {}): object {
  const partner = { type: "string", maxLength: 26, description: "ULID of the partner." };
  return {
    summary,
    params: { type: "object", properties: { partner, ...more } },
    response: { 200: { description: summary, type: "string" }, "4xx": problemSchema },
  };
}
