import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatDiagnostic } from "@compline/core";
import type { Transport } from "@compline/schemas";
import { ulid } from "ulid";
import { diagnoseFolder } from "../cli/validate/diagnose-folder.ts";
import { gitEnvironment, gitFlags } from "../source/git-process.ts";
import { OPERATOR } from "./machine.ts";
import { expectProgram, LabError } from "./programs.ts";

/** How often the lab's appliances look. */
export const CADENCE = "2s";

/** The name of the lab's only site. */
export const SITE = "lab";

/** What appliances call the key that they log in with. */
export const CREDENTIAL = "lab-hosts";

/** A machine as the site declares it. */
export interface LabHost {
  /** ULID. */
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly hostKey: string;
  /** The document that its appliance's enrolment printed. */
  readonly enrolment: string;
}

/** What a lab's repository says. */
export interface Declared {
  /** The folder whose checks, rules and runbooks are tried. */
  readonly library: string;
  readonly checks: readonly string[];
  readonly hosts: readonly LabHost[];
}

const PARTNER = "sites/lab";

/** Makes a repository in an empty folder: the library as it lies there, and a site with the lab's machines. */
export async function writeRepository(repo: string, declared: Declared): Promise<void> {
  for (const folder of ["policies", "runbooks"])
    cpSync(join(declared.library, folder), join(repo, folder), { recursive: true });
  for (const [path, text] of Object.entries(documents(declared))) {
    mkdirSync(dirname(join(repo, path)), { recursive: true });
    writeFileSync(join(repo, path), text);
  }
  refuseFaulty(repo);
  const git = (...args: readonly string[]): Promise<string> =>
    expectProgram(["git", ...gitFlags, ...args], { cwd: repo, env: { ...gitEnvironment(), ...AUTHOR } });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message=The lab");
}

/** The controller would hold such a tree, and nothing would ever be looked at. */
function refuseFaulty(repo: string): void {
  const [error] = diagnoseFolder(repo).diagnostics.filter(({ severity }) => severity === "error");
  if (error !== undefined) throw new LabError(`the library cannot be tried:\n${formatDiagnostic(error)}`);
}

const AUTHOR = {
  GIT_AUTHOR_NAME: "Lab",
  GIT_AUTHOR_EMAIL: "lab@compline.invalid",
  GIT_COMMITTER_NAME: "Lab",
  GIT_COMMITTER_EMAIL: "lab@compline.invalid",
};

/** One framework whose controls name the checks that are tried, so that nothing else is looked at. */
function documents({ checks, hosts }: Declared): Record<string, string> {
  const framework = {
    title: "The lab's checks",
    version: "1",
    source: "https://lab.example/",
    licence: "The lab's own.",
    restricted: false,
    status: "mapped",
    review: "none",
  };
  const controls = checks.map((check, index) => ({
    id: `L.${index + 1}`,
    title: check,
    nature: "host",
    requirement: "required",
    checks: [check],
  }));
  const site = {
    id: ulid(),
    displayName: "Lab",
    timeZone: "UTC",
    frameworks: ["lab"],
    cadence: CADENCE,
    healing: { mode: "full", riskCeiling: "high" },
    hosts: hosts.map(hostOf),
  };
  return {
    "frameworks/lab/framework.yaml": document("Framework", "lab", framework),
    "frameworks/lab/controls/lab.yaml": document("ControlFamily", "lab", { title: "The lab", controls }),
    [`${PARTNER}/partner.yaml`]: document("Partner", "lab", { id: ulid(), displayName: "Lab" }),
    [`${PARTNER}/${SITE}/site.yaml`]: document("Site", SITE, site),
    ...Object.fromEntries(
      hosts.map(({ name, enrolment }) => [`${PARTNER}/${SITE}/appliances/${name}.yaml`, enrolment]),
    ),
  };
}

function hostOf(host: LabHost): object {
  return {
    id: host.id,
    name: host.name,
    platform: "linux",
    appliance: host.name,
    transport: hostTransport(host),
  };
}

/** How a machine is reached. */
export function hostTransport({ address, hostKey }: Pick<LabHost, "address" | "hostKey">): Transport {
  return {
    type: "ssh",
    address,
    user: OPERATOR,
    become: "sudo",
    hostKeys: [hostKey],
    credentialRef: CREDENTIAL,
  };
}

/** JSON is YAML, too. */
function document(kind: string, name: string, spec: object): string {
  return JSON.stringify({ apiVersion: "compline.dev/v1", kind, metadata: { name }, spec }, null, 2);
}
