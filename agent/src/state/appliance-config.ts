import { X509Certificate } from "node:crypto";
import { type BoxCeiling, HEALING_MODES, RISKS } from "@compline/core/appliance";
import { AgentError } from "../errors.ts";

const HOSTS: readonly BoxCeiling["hosts"][] = ["practice", "all"];

/** The content of `appliance.json`. */
export interface ApplianceConfig {
  readonly schemaVersion: "1";
  readonly name: string;
  /** Base address of the controller, without a trailing slash. */
  readonly controller: string;
  /** The controller's assignment key, 32 bytes in hex, pinned at enrolment. */
  readonly controllerKey: string;
  /** The controller's TLS certificate (one, PEM), pinned at enrolment; undefined for plain http on this machine. */
  readonly certificate?: string;
  /** What this box may do at most, whatever an assignment says. */
  readonly ceiling: BoxCeiling;
}

interface MemberNames {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const TOP: MemberNames = {
  required: ["schemaVersion", "name", "controller", "controllerKey", "ceiling"],
  optional: ["certificate"],
};
const CEILING: MemberNames = { required: ["mode", "risk", "argv", "hosts"], optional: [] };

type Members = Readonly<Record<string, unknown>>;

const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const HEX64 = /^[0-9a-f]{64}$/;
const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Reads the text of an `appliance.json`. Closed: an unknown member is an error.
 * @throws AgentError CONFIG_INVALID with what was expected and where
 */
export function readApplianceConfig(text: string, file: string): ApplianceConfig {
  const at = (pointer: string, expected: string): AgentError =>
    new AgentError(
      "CONFIG_INVALID",
      `${file}: expected ${expected} at ${pointer === "" ? "the top" : pointer}`,
    );
  const top = members(parse(text), "", TOP, at);
  const ceiling = members(top["ceiling"], "/ceiling", CEILING, at);
  const controller = controllerAddress(top["controller"], at);
  if (top["schemaVersion"] !== "1") throw at("/schemaVersion", '"1"');
  if (typeof ceiling["argv"] !== "boolean") throw at("/ceiling/argv", "true or false");
  return {
    schemaVersion: "1",
    name: matching(top["name"], NAME, at("/name", "a name of lowercase letters, digits and hyphens")),
    controller,
    controllerKey: matching(top["controllerKey"], HEX64, at("/controllerKey", "64 lowercase hex digits")),
    ...certificateIn(top["certificate"], controller, at),
    ceiling: {
      mode: oneOf(ceiling["mode"], HEALING_MODES, at("/ceiling/mode", HEALING_MODES.join(", "))),
      risk: oneOf(ceiling["risk"], RISKS, at("/ceiling/risk", RISKS.join(", "))),
      argv: ceiling["argv"],
      hosts: oneOf(ceiling["hosts"], HOSTS, at("/ceiling/hosts", HOSTS.join(", "))),
    },
  };
}

type Fault = (pointer: string, expected: string) => AgentError;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // reported by the caller as "expected an object"
  }
}

function members(value: unknown, pointer: string, { required, optional }: MemberNames, at: Fault): Members {
  const names = [...required, ...optional];
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw at(pointer, "a JSON object");
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw at(`${pointer}/${unknown}`, `no such member (known: ${names.join(", ")})`);
  const missing = required.find((name) => !Object.hasOwn(value, name));
  if (missing !== undefined) throw at(`${pointer}/${missing}`, "a value, found none");
  return value as Members; // an object with no other names than these
}

function matching(value: unknown, pattern: RegExp, fault: AgentError): string {
  if (typeof value !== "string" || !pattern.test(value)) throw fault;
  return value;
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], fault: AgentError): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw fault;
  return found;
}

/** Requests are signed, but what is answered is not hidden by that: plain HTTP is for this machine only. */
function controllerAddress(value: unknown, at: Fault): string {
  const fault = at("/controller", "an https address, or http on 127.0.0.1, without path or password");
  if (typeof value !== "string" || !URL.canParse(value)) throw fault;
  const url = new URL(value);
  const allowed = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  const bare =
    url.username === "" &&
    url.password === "" &&
    url.pathname === "/" &&
    url.search === "" &&
    url.hash === "";
  if (!allowed || !bare) throw fault;
  return url.origin;
}

/** Exactly one: with a second, it would not be plain which of them is the one to meet. */
function certificateIn(value: unknown, controller: string, at: Fault): Pick<ApplianceConfig, "certificate"> {
  if (value === undefined && controller.startsWith("http:")) return {};
  if (value === undefined)
    throw at("/certificate", "the controller's certificate in PEM, beside an https address");
  if (!controller.startsWith("https:")) throw at("/certificate", "none beside an http address");
  if (typeof value !== "string" || !isOneCertificate(value))
    throw at("/certificate", "one certificate in PEM");
  return { certificate: value };
}

function isOneCertificate(pem: string): boolean {
  if (pem.split("-----BEGIN CERTIFICATE-----").length !== 2) return false;
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false; // no certificate, which is the answer
  }
}
