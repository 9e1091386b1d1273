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

/** What appliances call the key that they log in with. */
export const CREDENTIAL = "lab-hosts";

/** A machine, and the appliance of the same name that looks at it. Each has a site of that name to itself. */
export interface LabHost {
  /** ULID. */
  readonly id: string;
  /** ULID. */
  readonly site: string;
  readonly name: string;
  readonly address: string;
  readonly hostKey: string;
  /** The document that its appliance's enrolment printed. */
  readonly enrolment: string;
}

const AUTHOR = {
  GIT_AUTHOR_NAME: "Lab",
  GIT_AUTHOR_EMAIL: "lab@compline.invalid",
  GIT_COMMITTER_NAME: "Lab",
  GIT_COMMITTER_EMAIL: "lab@compline.invalid",
};

/** The desired state of the lab: the library as it lies in a folder, and a site for each machine. */
export class LabRepository {
  readonly folder: string;
  /** Commits are made one after the other. */
  #last: Promise<void> = Promise.resolve();

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes it with the library alone. Throws LabError when there is anything wrong with that. */
  static async create(folder: string, library: string): Promise<LabRepository> {
    for (const part of ["policies", "runbooks"])
      cpSync(join(library, part), join(folder, part), { recursive: true });
    const repository = new LabRepository(folder);
    repository.#write({
      "sites/lab/partner.yaml": document("Partner", "lab", { id: ulid(), displayName: "Lab" }),
    });
    await repository.#refuseFaulty();
    await repository.#git("init", "--quiet", "--initial-branch=main");
    await repository.#commit("The library");
    return repository;
  }

  /** From now on a machine is looked at by these checks and no others. */
  async assign(host: LabHost, checks: readonly string[]): Promise<void> {
    const next = this.#last.then(async () => {
      this.#write(documentsOf(host, checks));
      await this.#commit(`${host.name}: ${checks.length} checks`);
    });
    this.#last = next;
    await next;
  }

  #write(documents: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(documents)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** The controller would hold such a tree, and nothing would ever be looked at. */
  async #refuseFaulty(): Promise<void> {
    const { diagnostics } = await diagnoseFolder(this.folder);
    const error = diagnostics.find(({ severity }) => severity === "error");
    if (error !== undefined) throw new LabError(`the library cannot be tried:\n${formatDiagnostic(error)}`);
  }

  async #commit(message: string): Promise<void> {
    await this.#git("add", "--all");
    await this.#git("commit", "--quiet", "--allow-empty", `--message=${message}`);
  }

  async #git(...args: readonly string[]): Promise<void> {
    const env = { ...gitEnvironment(), ...AUTHOR };
    await expectProgram(["git", ...gitFlags, ...args], { cwd: this.folder, env });
  }
}

/** One framework whose controls name the checks that are tried, so that nothing else is looked at. */
function documentsOf(host: LabHost, checks: readonly string[]): Record<string, string> {
  const { name, site: id, enrolment } = host;
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
    id,
    displayName: name,
    timeZone: "UTC",
    frameworks: [name],
    cadence: CADENCE,
    healing: { mode: "full", riskCeiling: "high" },
    hosts: [{ id: host.id, name, platform: "linux", appliance: name, transport: hostTransport(host) }],
  };
  return {
    [`frameworks/${name}/framework.yaml`]: document("Framework", name, framework),
    [`frameworks/${name}/controls/lab.yaml`]: document("ControlFamily", "lab", {
      title: "The lab",
      controls,
    }),
    [`sites/lab/${name}/site.yaml`]: document("Site", name, site),
    [`sites/lab/${name}/appliances/${name}.yaml`]: enrolment,
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
