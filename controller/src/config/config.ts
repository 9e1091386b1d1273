import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import { isAbsolute, join } from "node:path";
import type { HeaderAddress } from "../anchor/headers.ts";
import { ControllerError, messageOf } from "../errors.ts";
import type { SourceAddress } from "../source/mirror.ts";

/** The controller's configuration file. */
export interface Config {
  readonly schemaVersion: "1";
  /** Absolute path of the folder that this controller alone writes: store, mirrors, keys, portal builds. */
  readonly state: string;
  /** Where it listens and the one name it answers to. Plain http on {@link plainHost} without `tls`; https elsewhere. */
  readonly host: string;
  readonly port: number;
  /** Absolute paths of PEM files. Without it a controller beyond loopback makes its own. */
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Where desired state comes from. A partner's name and every ULID and key are unique over all sources. */
  readonly sources: readonly SourceAddress[];
  /** Where block headers come from that anchors are held against. Without it no anchor is confirmed here. */
  readonly bitcoin?: HeaderAddress;
}

/** The only host that is served without TLS. */
export const plainHost = "127.0.0.1";

/** Reads and checks a configuration file. Throws CONFIG_INVALID, with what was expected and found. */
export async function readConfig(path: string): Promise<Config> {
  try {
    return parseConfig(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    throw new ControllerError("CONFIG_INVALID", `${path}: ${messageOf(error)}`, { cause: error });
  }
}

function parseConfig(value: unknown): Config {
  const config = closed(value, "", ["schemaVersion", "state", "host", "port", "tls", "sources", "bitcoin"]);
  const sources = expect(config["sources"], "sources", "a list with at least one source", isFilledList).map(
    parseSource,
  );
  if (new Set(sources.map((source) => source.name)).size < sources.length) {
    throw new TypeError("sources: two have the same name");
  }
  return {
    schemaVersion: expect(config["schemaVersion"], "schemaVersion", '"1"', (v): v is "1" => v === "1"),
    state: expect(config["state"], "state", "an absolute path", isPath),
    host: expect(config["host"], "host", expectedHost, isHost),
    port: expect(config["port"], "port", "a number from 0 to 65535", isPort),
    ...(config["tls"] === undefined ? {} : { tls: parseTls(config["tls"]) }),
    sources,
    ...(config["bitcoin"] === undefined ? {} : { bitcoin: parseBitcoin(config["bitcoin"]) }),
  };
}

const expectedHost =
  "one name or address of this machine, in lower case and without scheme or port, that others reach it by";

function parseTls(value: unknown): { readonly certificate: string; readonly key: string } {
  // Whoever turns TLS off is told here what there is instead: beyond loopback nothing is served without it.
  const expected = `{certificate, key}, or no such member (https with a certificate made here; http on ${plainHost})`;
  const tls = closed(expect(value, "tls", expected, isObject), "tls", ["certificate", "key"]);
  return {
    certificate: expect(tls["certificate"], "tls.certificate", "an absolute path", isPath),
    key: expect(tls["key"], "tls.key", "an absolute path", isPath),
  };
}

function parseBitcoin(value: unknown): HeaderAddress {
  const given = expect(value, "bitcoin", "an object", isObject);
  const by = expect(given["by"], "bitcoin.by", '"node", "explorer" or "file"', isHeaderKind);
  const member = <T>(name: string, expected: string, is: (value: unknown) => value is T): T =>
    expect(given[name], `bitcoin.${name}`, expected, is);
  const members = { node: ["by", "url", "credentials"], explorer: ["by", "url"], file: ["by", "path"] };
  closed(given, "bitcoin", members[by]);
  if (by === "file") return { by, path: member("path", "an absolute path", isPath) };
  const url = member(
    "url",
    "an https address, or http at 127.0.0.1, without a slash at its end",
    isWebAddress,
  );
  if (by === "explorer") return { by, url };
  return { by, url, credentials: member("credentials", "an absolute path", isPath) };
}

function isHeaderKind(value: unknown): value is HeaderAddress["by"] {
  return value === "node" || value === "explorer" || value === "file";
}

/** Without user and password, which would be written into logs. */
function isWebAddress(value: unknown): value is string {
  return (
    typeof value === "string" &&
    /^(?:https:\/\/[A-Za-z0-9]|http:\/\/127\.0\.0\.1(?=[:/]|$))[A-Za-z0-9._/:-]*(?<!\/)$/.test(value)
  );
}

function parseSource(value: unknown, index: number): SourceAddress {
  const at = `sources[${index}]`;
  const source = closed(value, at, ["name", "repository", "branch"]);
  return {
    name: expect(source["name"], `${at}.name`, "a name of a-z, 0-9 and -", isName),
    repository: expect(
      source["repository"],
      `${at}.repository`,
      "an absolute path, or an https or ssh address",
      isRepository,
    ),
    branch: expect(source["branch"], `${at}.branch`, "a branch name", isBranch),
  };
}

function closed(value: unknown, at: string, members: readonly string[]): Readonly<Record<string, unknown>> {
  const object = expect(value, at === "" ? "the file" : at, "an object", isObject);
  const unknown = Object.keys(object).find((key) => !members.includes(key));
  if (unknown !== undefined) throw new TypeError(`${at === "" ? "" : `${at}: `}unknown member ${unknown}`);
  return object;
}

function expect<T>(value: unknown, at: string, expected: string, is: (value: unknown) => value is T): T {
  if (is(value)) return value;
  throw new TypeError(`${at}: expected ${expected}; found ${JSON.stringify(value) ?? "nothing"}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFilledList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function isPath(value: unknown): value is string {
  return typeof value === "string" && isAbsolute(value);
}

function isPort(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535;
}

/** One that a browser writes the same way. Addresses that stand for all of a machine are no name of it. */
function isHost(value: unknown): value is string {
  if (typeof value !== "string" || value === "0.0.0.0" || value === "::") return false;
  const written = isIP(value) === 6 ? `[${value}]` : value;
  return /^[a-z0-9.:[\]-]{1,253}$/.test(written) && URL.parse(`https://${written}`)?.hostname === written;
}

function isName(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(value);
}

function isRepository(value: unknown): value is string {
  return isPath(value) || (typeof value === "string" && /^(https|ssh):\/\/[^\s-]/.test(value));
}

function isBranch(value: unknown): value is string {
  return (
    typeof value === "string" && /^[A-Za-z0-9][A-Za-z0-9._/-]{0,200}$/.test(value) && !value.includes("..")
  );
}

/** Where things lie in the controller's folder. */
export interface StatePaths {
  /** Held by the controller that runs on the folder. */
  readonly lock: string;
  readonly store: string;
  readonly mirrors: string;
  /** PKCS#8 PEM of the key that signs assignments. */
  readonly assignmentKey: string;
  /** `<SHA-256 of a token>`: empty files, each good for one session. */
  readonly login: string;
  /** JSON list of `{code, message}` to show first; may be missing. */
  readonly notices: string;
  readonly portal: string;
  /** What a monitoring system shows to read `/metrics`; made at the first start. */
  readonly metricsToken: string;
  /** Keys that sign logs, one file for each. */
  readonly logKeys: string;
  /** The largest checkpoint of each log that was handed out: beside the store, to notice a store that was set back. */
  readonly highWater: string;
  /** PEM of the key and certificate that a controller beyond loopback makes at its first start. */
  readonly tlsKey: string;
  readonly tlsCertificate: string;
}

/** The paths below the controller's folder. */
export function statePaths(state: string): StatePaths {
  return {
    lock: join(state, "lock"),
    store: join(state, "compline.db"),
    mirrors: join(state, "mirrors"),
    assignmentKey: join(state, "assignment.key"),
    login: join(state, "login"),
    notices: join(state, "notices.json"),
    portal: join(state, "portal"),
    metricsToken: join(state, "metrics.token"),
    logKeys: join(state, "log-keys"),
    highWater: join(state, "log-high-water.json"),
    tlsKey: join(state, "tls.key"),
    tlsCertificate: join(state, "tls.pem"),
  };
}
