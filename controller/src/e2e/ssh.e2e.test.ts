import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { HealRecord, ObservationResult } from "@compline/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEvidence, type SignedEvidence } from "./evidence.ts";
import { type LabHost, noMachine, noSshHost, runProgram, startLabHost } from "./lab.ts";
import { git, makeWorkplace, type Running, runCompline, startProduct, type Workplace } from "./product.ts";

const AGENT = join(dirname(fileURLToPath(import.meta.url)), "../../../agent/bin/compline-agent.mjs");
const SITE = "sites/lanternfish/harbour-annex";
const FILES = "01M84TR9W895DG5RNMMHC06S01";
const MACHINE = "01M84TR9W895DG5RNMMHC06S02";
const STRANGER = "01M84TR9W895DG5RNMMHC06S03";
const LOGIN_DEFS = "/etc/login.defs";
const ROOT_LOGIN = "/etc/ssh/sshd_config.d/00-compline-root-login.conf";
const OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGBkGk0xeVm0bqYLvZcl4nJNoXwH2PLQzZkXcVgHqHhS";

let workplace: Workplace;
let product: Running;
let evidence: SignedEvidence;
let files: LabHost;
let machine: LabHost | null = null;

const box = (): string => join(workplace.state, "appliances/harbour-box");

describe.skipIf(noSshHost !== null)(
  `hosts behind SSH${noSshHost === null ? "" : ` (skipped: ${noSshHost})`}`,
  () => {
    beforeAll(async () => {
      files = await startLabHost("sshd");
      machine = noMachine === null ? await startLabHost("machine") : null;
      machine?.write(ROOT_LOGIN, "PermitRootLogin no\n");
      workplace = await makeWorkplace();
      await declareSite();
      product = await startProduct(workplace);
      evidence = await readEvidence(workplace.state);
    });

    afterAll(async () => {
      await evidence.close();
      await product.stop();
      await machine?.stop();
      await files.stop();
      workplace.remove();
    });

    it("are an error with its reason while the box has no key for them", async () => {
      expect((await verdict(FILES, "password-max-age")).reason).toBe("CREDENTIAL_MISSING");
    });

    it("are looked at as soon as they know the key that was born on the box", async () => {
      files.write(LOGIN_DEFS, withMaxAge(files, "90"));
      files.write("/etc/ssh/sshd_config", "PermitRootLogin no\n"); // no service there could be reloaded
      await allowChanges();
      const key = await publicKey();
      files.authorize(key);
      machine?.authorize(key);
      expect((await verdict(FILES, "password-max-age", "pass")).observed).toEqual({ maxDays: 90 });
    });

    it("that show another key than the pinned one are not spoken to, and hold up nothing", async () => {
      const mismatch = await evidence.next(0, (observation) => {
        const result = resultOf(STRANGER, "password-max-age")(observation);
        return result?.reason === "HOST_KEY_MISMATCH" ? result : undefined;
      });
      expect(mismatch.found.verdict).toBe("error");
    });

    it("are healed: what was broken is signed as a fail, healed, looked at again and signed as a pass", async () => {
      const from = await evidence.position();
      files.write(LOGIN_DEFS, withMaxAge(files, "99999"));
      const failed = await evidence.next(from, resultOf(FILES, "password-max-age"));
      expect(failed.found).toMatchObject({ verdict: "fail", observed: { maxDays: 99_999 } });
      const healed = await evidence.next(failed.position, healOf(FILES, "password-max-age"));
      expect(healed.found).toMatchObject({ before: "fail", after: "pass", outcome: "healed", skipped: [] });
      expect(files.read(LOGIN_DEFS)).toMatch(/^PASS_MAX_DAYS\s+90$/m);
      expect(readFileSync(LOGIN_DEFS, "utf8")).not.toMatch(/^PASS_MAX_DAYS\s+90$/m);
    });

    describe.skipIf(noMachine !== null)(
      `on a machine with systemd${noMachine === null ? "" : ` (skipped: ${noMachine})`}`,
      () => {
        it("a heal reloads the real service: root, who could log in, no longer can", async () => {
          await verdict(MACHINE, "sshd-root-login", "pass");
          expect(await logInAsRoot()).toBe(0); // sshd has not read the file yet that forbids it
          const from = await evidence.position();
          machine?.write(ROOT_LOGIN, "PermitRootLogin yes\n");
          expect(await machine?.run("/usr/bin/systemctl", "reload", "ssh")).toBe(0);
          const failed = await evidence.next(from, resultOf(MACHINE, "sshd-root-login"));
          expect(failed.found).toMatchObject({ verdict: "fail", observed: { permitRootLogin: "yes" } });
          const healed = await evidence.next(failed.position, healOf(MACHINE, "sshd-root-login"));
          expect(healed.found).toMatchObject({ errorClass: null, after: "pass", skipped: [] });
          expect(await logInAsRoot()).not.toBe(0);
        });
      },
    );

    it("leave evidence that verifies", async () => {
      const folder = join(workplace.folder, "evidence");
      const where = ["--repo", workplace.repo, "--state", workplace.state];
      const exported = await runCompline(["export", "--site", "harbour-annex", "--out", folder, ...where]);
      expect(exported.code, exported.stderr).toBe(0);
      const verified = await runCompline(["verify", folder, "-o", "json"]);
      expect(JSON.parse(verified.stdout)).toMatchObject({ failures: [] });
      expect(verified.code).toBe(0);
    });
  },
);

/** Two checks are enough: what else fails on these hosts would be healed as well, one after the other. */
const FRAMEWORK = {
  title: "Annex",
  version: "1",
  source: "https://annex.example/",
  licence: "A test's own.",
  restricted: false,
  status: "mapped",
  review: "none",
};
const CONTROL = {
  id: "A.1",
  title: "Accounts",
  nature: "host",
  requirement: "required",
  checks: ["password-max-age", "sshd-root-login"],
};

function declareFramework(): void {
  const folder = join(workplace.repo, "frameworks/annex");
  mkdirSync(join(folder, "controls"), { recursive: true });
  // JSON is YAML, too.
  writeFileSync(join(folder, "framework.yaml"), envelope("Framework", "annex", FRAMEWORK));
  const family = { title: "Accounts", controls: [CONTROL] };
  writeFileSync(join(folder, "controls/accounts.yaml"), envelope("ControlFamily", "accounts", family));
}

async function declareSite(): Promise<void> {
  declareFramework();
  const folder = join(workplace.repo, SITE);
  const hosts = [
    host(FILES, "files", { ...target(files), user: "root" }),
    host(STRANGER, "stranger", { ...target(files), user: "root", hostKeys: [OTHER_KEY] }),
  ];
  if (machine !== null)
    hosts.push(host(MACHINE, "machine", { ...target(machine), user: "compline", become: "sudo" }));
  mkdirSync(join(folder, "appliances"), { recursive: true });
  writeFileSync(join(folder, "site.yaml"), envelope("Site", "harbour-annex", siteSpec(hosts)));
  writeFileSync(join(folder, "appliances/harbour-box.yaml"), envelope("Appliance", "harbour-box", {}));
  await git(workplace.repo, "add", "--all");
  await git(workplace.repo, "commit", "--quiet", "--message=A site behind SSH");
}

function siteSpec(hosts: readonly object[]): object {
  return {
    id: "01M84TR9TT9M747S8MC7VGTS00",
    displayName: "Harbour Annex",
    timeZone: "Europe/Lisbon",
    frameworks: ["annex"],
    cadence: "1s",
    healing: { mode: "full", riskCeiling: "medium" },
    hosts,
  };
}

function host(id: string, name: string, transport: object): object {
  return { id, name, platform: "linux", appliance: "harbour-box", transport };
}

function target({ port, hostKey }: LabHost): object {
  return { type: "ssh", address: "127.0.0.1", port, hostKeys: [hostKey], credentialRef: "annex-hosts" };
}

function envelope(kind: string, name: string, spec: object): string {
  return JSON.stringify({ apiVersion: "compline.dev/v1", kind, metadata: { name }, spec }, null, 2);
}

/** What its administrator does on the box: from now on real hosts may be changed, and services there be reloaded. */
async function allowChanges(): Promise<void> {
  const file = join(box(), "appliance.json");
  const config = JSON.parse(readFileSync(file, "utf8")) as { ceiling: object };
  writeFileSync(
    file,
    JSON.stringify({ ...config, ceiling: { ...config.ceiling, hosts: "all", argv: true } }),
  );
  await product.kill("agent");
}

async function publicKey(): Promise<string> {
  const { code, stdout, stderr } = await runCompline(["ssh-key", "annex-hosts", "--appliance", box()], AGENT);
  expect(code, stderr).toBe(0);
  return stdout.trim();
}

/** By OpenSSH's own client, with the appliance's key. */
function logInAsRoot(): Promise<number> {
  const options = ["BatchMode=yes", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null"];
  const flags = ["-F", "none", "-i", join(box(), "credentials/annex-hosts"), "-p", String(machine?.port)];
  const all = [...flags, ...options.flatMap((option) => ["-o", option])];
  return runProgram("/usr/bin/ssh", ...all, "root@127.0.0.1", "true");
}

function withMaxAge(on: LabHost, days: string): string {
  return on.read(LOGIN_DEFS).replace(/^PASS_MAX_DAYS\s.*$/m, `PASS_MAX_DAYS\t${days}`);
}

/** The first result of a pair in all evidence, that has this verdict if one is given. */
async function verdict(of: string, check: string, wanted?: string): Promise<ObservationResult> {
  const find = resultOf(of, check);
  const { found } = await evidence.next(0, (observation) => {
    const result = find(observation);
    const counts = wanted === undefined ? result?.verdict !== "unknown" : result?.verdict === wanted;
    return counts ? result : undefined;
  });
  return found;
}

type Found<T> = (observation: {
  readonly results: readonly ObservationResult[];
  readonly heals: readonly HealRecord[];
}) => T | undefined;

function resultOf(of: string, name: string): Found<ObservationResult> {
  return ({ results }) => results.find(({ host, check }) => host === of && check === name);
}

function healOf(of: string, name: string): Found<HealRecord> {
  return ({ heals }) => heals.find(({ host, check }) => host === of && check === name);
}
