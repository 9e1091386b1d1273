import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readFolder } from "../source/folder.ts";
import type { DesiredFiles } from "./desired.ts";

/** How wide: sites have one appliance and ten hosts each; copies of the shipped checks come with rule and runbook. */
export interface Width {
  readonly sites: number;
  readonly copies: number;
}

const repository = join(import.meta.dirname, "..", "..", "..");
const hostsOfSite = 10;
const library = readFolder(repository).files.filter(({ path }) => !path.startsWith("sites/"));
const copied = library.filter(({ path }) => /^(policies|runbooks)\//.test(path));

/** 10,000 files, or one less: what one large partner and a large library come to, whatever is shipped. */
export const tenThousand: Width = widthOf(10_000);

/** Three tenths are library, the rest is sites, of two files each. */
function widthOf(total: number): Width {
  const filesOfCopy = copied.length + 1;
  const copies = Math.floor((total * 0.3) / filesOfCopy);
  const frameworkAndPartner = 2;
  const rest = total - library.length - copies * filesOfCopy - frameworkAndPartner;
  return { sites: Math.floor(rest / 2), copies };
}

/** A valid desired state: the shipped library, copies of it in a framework of their own, and one partner's sites. */
export async function wideTree({ sites, copies }: Width): Promise<DesiredFiles> {
  const entries = [
    ...library.map(({ path, text }) => [path, text] as const),
    ...range(copies).flatMap((n) => copied.map(({ path, text }) => copyOf(path, text, n))),
    ["frameworks/copies/framework.yaml", frameworkText] as const,
    ...range(copies).map((n) => familyOf(n, copied.map(({ path }) => path))),
    partnerFile,
    ...range(sites).flatMap((n) => siteFiles(n)),
  ];
  return Object.fromEntries(entries);
}

/** Writes files into a folder. */
export function writeTree(folder: string, files: DesiredFiles): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The file of one site, with a display name of its own. */
export function siteFile(n: number, displayName: string, frameworks = "[hipaa]"): readonly [string, string] {
  const hosts = range(hostsOfSite).map((host) => {
    const id = ulid("H", n * hostsOfSite + host);
    return `  - id: ${id}
    name: machine-${host}
    platform: linux
    appliance: box
    transport:
      type: local
      root: practice/machine-${host}
    labels:
      room: room-${host}
      floor: "${n % 7}"
`;
  });
  const text = document(
    "Site",
    `site-${n}`,
    `id: ${ulid("S", n)}
displayName: ${displayName}
timeZone: Europe/Lisbon
frameworks: ${frameworks}
healing:
  mode: standard
  riskCeiling: low
hosts:
${hosts.join("")}`,
  );
  return [`sites/wide/site-${n}/site.yaml`, text];
}

/** The appliance of site `n`. */
export interface Box {
  readonly id: string;
  readonly site: string;
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

const pkcs8Head = Buffer.from("302e020100300506032b657004220420", "hex");

/** The box of site `n`; its key follows from the number. */
export function boxOf(n: number): Box {
  const seed = createHash("sha256").update(`box ${n}`).digest();
  const der = Buffer.concat([pkcs8Head, seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const publicKey = new Uint8Array(Buffer.from(x, "base64url"));
  return { id: ulid("B", n), site: ulid("S", n), publicKey, privateKey };
}

/** Site `n` and its box. */
export function siteFiles(n: number, frameworks?: string): readonly (readonly [string, string])[] {
  const { id, publicKey } = boxOf(n);
  const key = Buffer.from(publicKey).toString("hex");
  const box = `description: Looks at the machines of site ${n}.\nid: ${id}\npublicKey: ${key}`;
  return [
    siteFile(n, `Site number ${n}`, frameworks),
    [`sites/wide/site-${n}/appliances/box.yaml`, document("Appliance", "box", box)],
  ];
}

/** Every name that a copied file declares or refers to is a copied one, and so gets the number. */
function copyOf(path: string, text: string, n: number): readonly [string, string] {
  const renamed = text
    .replace(/^( {2}name: .*)$/m, `$1-${n}`)
    .replaceAll(/^( {2}(?:check|runbook): .*)$/gm, `$1-${n}`);
  return [path.replace(/(\.drill)?\.yaml$/, `-${n}$1.yaml`), renamed];
}

const frameworkText = document(
  "Framework",
  "copies",
  "title: Copies\nversion: '1'\nsource: https://copies.example/\nlicence: none\nrestricted: false\nstatus: mapped\nreview: none",
);

function familyOf(n: number, paths: readonly string[]): readonly [string, string] {
  const checks = paths.filter((path) => path.startsWith("policies/checks/"));
  const controls = checks.map((path, at) => {
    const check = `${path.replace(/^.*\//, "").replace(/\.yaml$/, "")}-${n}`;
    return `  - id: C.${n}.${at}\n    title: Copy ${at}\n    nature: host\n    requirement: required\n    checks: [${check}]\n`;
  });
  const text = document("ControlFamily", `copy-${n}`, `title: Copy ${n}\ncontrols:\n${controls.join("")}`);
  return [`frameworks/copies/controls/copy-${n}.yaml`, text];
}

/** The one partner. */
export const partnerFile: readonly [string, string] = [
  "sites/wide/partner.yaml",
  document("Partner", "wide", `id: ${ulid("P", 0)}\ndisplayName: Wide\nlog:\n  origin: log.wide.example/evidence`),
];

/** A document of the desired state; the spec is indented here. */
export function document(kind: string, name: string, spec: string): string {
  const modeline = `# yaml-language-server: $schema=../../schemas/${kind.toLowerCase()}/v1.schema.json`;
  const body = spec.replaceAll(/^(?=.)/gm, "  ").trimEnd();
  return `${modeline}\napiVersion: compline.dev/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${body}\n`;
}

/** A ULID for each number of a kind of thing. */
function ulid(letter: "P" | "S" | "B" | "H", n: number): string {
  return `01J${letter}${String(n).padStart(22, "0")}`;
}

/** 0, 1, 2 and so on. */
export function range(length: number): readonly number[] {
  return Array.from({ length }, (_, n) => n);
}
