import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type ReadEnvelope, readEnvelope } from "@compline/core";
import { messageOf } from "../../errors.ts";
import { CliError } from "../failure.ts";

/** What the next decision goes on from; null before the first. */
export interface ChainEnd {
  readonly head: { readonly epoch: number; readonly seq: number; readonly digest: string } | null;
  /** What the controller says is in force; null when it was not asked. */
  readonly inForce: { readonly partner: string; readonly revision: string; readonly keyid: string } | null;
}

const limitMs = 30_000;

/** Asks the controller. `link` is its address; what follows the host is not used. */
export async function endAtController(link: string, partner: string): Promise<ChainEnd> {
  const url = new URL(`/v1/authority/${partner}`, addressOf(link));
  const response = await reach(url, {});
  if (response.status === 404)
    throw new CliError(
      "usage",
      `the controller at ${url.origin} knows no authority of partner ${partner}: no accepted partner.yaml with this id pins a key`,
    );
  if (!response.ok) throw new CliError("failed", `${url.href} answers ${response.status}`);
  // The route's own schema; what is wrong in it shows when the decision is taken in, or not.
  const { head, ...inForce } = (await response.json()) as {
    readonly head: ChainEnd["head"];
  } & NonNullable<ChainEnd["inForce"]>;
  return { head, inForce };
}

/** Hands a decision in, and answers what the controller says. */
export async function post(
  link: string,
  bytes: Uint8Array,
): Promise<{ readonly status: string; readonly text: string }> {
  const url = new URL("/v1/evidence", addressOf(link));
  const response = await reach(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: Buffer.from(bytes),
  });
  // What both the route and a problem say.
  const answer = (await response.json().catch(() => ({}))) as {
    readonly status?: string | number;
    readonly code?: string | null;
    readonly message?: string;
  };
  const { status, code = null, message = "" } = answer;
  const text = code === null ? message : `${message} (${code})`;
  return { status: typeof status === "string" ? status : "refused", text };
}

function addressOf(link: string): string {
  if (!/^https?:\/\//.test(link) || !URL.canParse(link))
    throw new CliError(
      "usage",
      `--link is the controller's address, such as https://control.example; found ${link}`,
    );
  return new URL(link).origin;
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  return await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(limitMs) }).catch(
    (error: unknown) => {
      const reason =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : messageOf(error);
      throw new CliError("failed", `the controller at ${url.origin} cannot be reached: ${reason}`, {
        cause: error,
      });
    },
  );
}

/** The end of the chain in a folder of envelope files, as an export has it. Only the partner's decisions are looked at. */
export async function endInFolder(folder: string, partner: string): Promise<ChainEnd> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new CliError("usage", `--chain ${folder} is no folder that can be read`, { cause });
  });
  const chain: ReadEnvelope[] = [];
  for (const name of names.filter((one) => one.endsWith(".dsse.json"))) {
    const read = readEnvelope(await readFile(join(folder, name)));
    if (!read.ok) throw new CliError("findings", `${join(folder, name)}: ${read.message} (${read.code})`);
    if (read.statement.predicate.chain.id === partner) chain.push(read);
  }
  const sorted = chain.toSorted((a, b) => compare(a, b));
  const [last, before] = [sorted.at(-1), sorted.at(-2)];
  if (last === undefined) return { head: null, inForce: null };
  if (before !== undefined && compare(before, last) === 0)
    throw new CliError(
      "findings",
      `${folder} has two decisions at the chain's end; which one goes on is not known`,
    );
  const { epoch, seq } = last.statement.predicate.chain;
  return { head: { epoch, seq, digest: last.digest }, inForce: null };
}

function compare(a: ReadEnvelope, b: ReadEnvelope): number {
  const [one, two] = [a.statement.predicate.chain, b.statement.predicate.chain];
  return one.epoch - two.epoch || one.seq - two.seq;
}
