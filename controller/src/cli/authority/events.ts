import type { AuthorityEventDetail } from "@compline/core";
import type { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import { readInstant } from "../../clock.ts";
import { decide, type DecideOptions, type DecisionPlace } from "./decide.ts";
import { openAuthorityKey } from "./key.ts";
import { documentOf, type ReviewedFile } from "./reviewed.ts";

/** With `--file`, which is optional only where no file is needed. */
interface Carrying extends DecideOptions {
  readonly file: string;
}

type MaybeCarrying = DecideOptions & { readonly file?: string };

/** What an appliance's reviewed file says: who it is, where, and its key. */
export async function enrol(options: Carrying): Promise<ExitCode> {
  return await decide(options, async ({ read }) => {
    const file = await read(options.file);
    const { id, publicKey } = documentOf(file, "Appliance").spec;
    if (id === undefined || publicKey === undefined)
      throw new CliError(
        "usage",
        `${options.file} declares an appliance that is not enrolled: it has no id and publicKey`,
      );
    const folder = options.file.split("/").slice(0, -2).join("/");
    const site = documentOf(await read(`${folder}/site.yaml`), "Site").spec.id;
    return { event: { type: "enrol", site, appliance: id, publicKey }, file };
  });
}

/** The flags of `compline authority revoke`. */
export interface RevokeOptions extends Carrying {
  readonly keyid: string;
  readonly lastTrusted: string;
  readonly compromisedAt?: string;
  readonly reason: string;
}

/** Ends what a key's bundles count for, by position. */
export async function revoke(options: RevokeOptions): Promise<ExitCode> {
  const { compromisedAt, lastTrusted } = options;
  const event: AuthorityEventDetail = {
    type: "revoke",
    keyid: hex64("--keyid", options.keyid),
    lastTrusted: lastTrusted === "none" ? null : hex64("--last-trusted", lastTrusted, "or none"),
    compromisedAt: compromisedAt === undefined ? null : instant("--compromised-at", compromisedAt),
    reason: token("--reason", options.reason),
  };
  return await decide(options, carry(event, options.file));
}

/** Says that bundles share a place. */
export async function fork(
  options: MaybeCarrying & { readonly digest: readonly string[] },
): Promise<ExitCode> {
  const digests = options.digest.map((digest) => hex64("--digest", digest));
  if (digests.length < 2)
    throw new CliError("usage", "a fork has two or more bundles: give --digest for each");
  return await decide(options, carry({ type: "fork", digests }, options.file));
}

/** The flags of `compline authority resolve`. */
export type ResolveOptions = MaybeCarrying & {
  readonly of: string;
  readonly surviving: string;
  readonly newEpoch: string;
};

/** Says which branch of a fork counts, and opens the epoch in which it goes on. */
export async function resolve(options: ResolveOptions): Promise<ExitCode> {
  const newEpoch = Number(options.newEpoch);
  if (!/^[1-9][0-9]{0,8}$/.test(options.newEpoch))
    throw new CliError(
      "usage",
      `--new-epoch is a number from 1, one more than the chain's last; found ${options.newEpoch}`,
    );
  if (!/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(options.of))
    throw new CliError("usage", `--of is the chain: the ULID of its appliance; found ${options.of}`);
  const surviving = hex64("--surviving", options.surviving);
  return await decide(
    options,
    carry({ type: "resolve", chain: options.of, surviving, newEpoch }, options.file),
  );
}

/** Has an envelope erased. */
export async function tombstone(
  options: Carrying & { readonly digest: string; readonly basis: string },
): Promise<ExitCode> {
  const digest = hex64("--digest", options.digest);
  return await decide(
    options,
    carry({ type: "tombstone", digest, basis: token("--basis", options.basis) }, options.file),
  );
}

/** The old key names the one that the partner's reviewed file pins now. */
export async function rotate(options: DecideOptions): Promise<ExitCode> {
  const own = await openAuthorityKey(options.key);
  return await decide(options, async ({ read, name, revision }) => {
    const file = await read(`sites/${name}/partner.yaml`);
    const publicKey = documentOf(file, "Partner").spec.authority?.publicKey;
    if (publicKey === undefined)
      throw new CliError(
        "usage",
        `${file.path} at ${revision} pins no key: have the new one reviewed and accepted first`,
      );
    if (publicKey === Buffer.from(own.publicKey).toString("hex"))
      throw new CliError(
        "usage",
        `${file.path} at ${revision.slice(0, 12)} still pins the key that is to sign this (${own.keyid}): have the new one reviewed and accepted first`,
      );
    return { event: { type: "rotate", publicKey }, file };
  });
}

function carry(
  event: AuthorityEventDetail,
  path: string | undefined,
): (
  place: DecisionPlace,
) => Promise<{ readonly event: AuthorityEventDetail; readonly file: ReviewedFile | null }> {
  return async ({ read }) => ({ event, file: path === undefined ? null : await read(path) });
}

function hex64(flag: string, value: string, more = ""): string {
  if (/^[0-9a-f]{64}$/.test(value)) return value;
  throw new CliError(
    "usage",
    `${flag} is 64 lower-case hex digits${more === "" ? "" : `, ${more}`}; found ${value}`,
  );
}

function instant(flag: string, value: string): string {
  const read = readInstant(value);
  if (read !== null) return read;
  throw new CliError("usage", `${flag} is a time in UTC, such as 2026-11-23T10:00:00Z; found ${value}`);
}

function token(flag: string, value: string): string {
  if (/^[A-Z][A-Z0-9_]{0,63}$/.test(value)) return value;
  throw new CliError(
    "usage",
    `${flag} is one word of capitals, digits and _, such as BOX_STOLEN; found ${value}`,
  );
}
