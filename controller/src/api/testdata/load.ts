import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";

// The load generator, a process of its own: `node load.ts <job file>` sends what the job says and prints what it took.
// It speaks just enough HTTP to cost little beside the controller that it loads.

/** What to send where. */
export interface LoadJob {
  readonly port: number;
  readonly contentType: string;
  /** For each connection the files it posts, one after the other. */
  readonly connections: readonly (readonly string[])[];
}

/** How it went; latencies are of whole requests. */
export interface LoadResult {
  readonly seconds: number;
  readonly requests: number;
  readonly p99Ms: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** How often each word stood in the bodies of answers to batches. */
  readonly accepted: number;
}

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error("name the job file");
const job = JSON.parse(readFileSync(path, "utf8")) as LoadJob; // our own file
const prepared = job.connections.map((requests) => requests.map(requestOf));
const latencies: number[] = [];
const statuses: Record<string, number> = {};
let accepted = 0;
const sockets = await Promise.all(prepared.map(() => open(job.port)));
const started = performance.now();
await Promise.all(prepared.map((requests, at) => sendAll(requests, sockets[at])));
const seconds = (performance.now() - started) / 1000;
for (const socket of sockets) socket.destroy();
const result: LoadResult = { seconds, requests: latencies.length, p99Ms: percentile(0.99), statuses, accepted };
process.stdout.write(JSON.stringify(result));

function requestOf(file: string): Buffer {
  const body = readFileSync(file);
  const head = [
    "POST /v1/evidence HTTP/1.1",
    `host: 127.0.0.1:${job.port}`,
    `content-type: ${job.contentType}`,
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket)).setNoDelay();
    socket.once("error", reject);
  });
}

async function sendAll(requests: readonly Buffer[], socket: Socket | undefined): Promise<void> {
  if (socket === undefined) throw new Error("unreachable: a socket for each connection");
  for (const request of requests) {
    const began = performance.now();
    const answer = await send(socket, request);
    latencies.push(performance.now() - began);
    const status = answer.slice(9, 12);
    statuses[status] = (statuses[status] ?? 0) + 1;
    accepted += answer.split('"accepted"').length - 1;
  }
}

function send(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const take = (chunk: Buffer): void => {
      answer += chunk.toString("latin1");
      if (!isWhole(answer)) return;
      socket.off("data", take).off("close", ended);
      resolve(answer);
    };
    const ended = (): void => reject(new Error("the connection was closed"));
    socket.on("data", take).once("close", ended);
    socket.write(request);
  });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1];
  return end >= 0 && length !== undefined && answer.length >= end + 4 + Number(length);
}

function percentile(share: number): number {
  return latencies.toSorted((a, b) => a - b)[Math.floor(latencies.length * share)] ?? 0;
}
