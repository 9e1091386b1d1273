import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadTree } from "@compline/core";
import type { CheckSpec } from "@compline/schemas";
import { inParallel } from "../concurrency.ts";
import { readCredential } from "../state/credentials.ts";
import { makeAssignment } from "../testdata/assignment.ts";
import { labHost, makeLabKey } from "../testdata/lab-key.ts";
import { startSshd } from "../testdata/sshd.ts";
import { Hosts } from "../transports/hosts.ts";
import { createEvaluator } from "./evaluator.ts";
import { observePair } from "./observe.ts";
import { shareLooks } from "./shared-look.ts";

const repository = join(import.meta.dirname, "../../..");
/** As many at a time as the loop lets run on one host. */
const checksAtOnce = 4;

/** One look with every shipped Linux check at one host behind a real sshd, from the log-in to the last verdict. */
export const bench = {
  figures: [{ name: "linux_checks_one_host_ssh_ms", unit: "ms", goal: "<= 5000" }],
  runs: 3,
  prepare,
};

async function prepare() {
  const sshd = await startSshd();
  const credentials = makeLabKey(sshd);
  const host = labHost(sshd);
  const assignment = makeAssignment({ checks: shippedChecks(), rules: {}, runbooks: {}, hosts: [host] });
  const evaluator = createEvaluator();
  const run = async () => {
    const hosts = new Hosts({ folder: "", credentials: (name) => readCredential(credentials, name) });
    const ports = { evaluator, hosts, share: shareLooks(), argv: true, now: Date.now };
    const started = performance.now();
    await inParallel(checksAtOnce, Object.keys(assignment.checks), (check) =>
      observePair(ports, assignment, { host: host.id, check }),
    );
    const elapsedMs = performance.now() - started;
    hosts.retain([]);
    return { values: { linux_checks_one_host_ssh_ms: elapsedMs } };
  };
  return { run, close: async () => void (await Promise.all([evaluator.close(), sshd.stop()])) };
}

function shippedChecks(): Record<string, CheckSpec> {
  const paths = globSync("policies/checks/linux/*.yaml", { cwd: repository });
  const files = paths.map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));
  const checks = loadTree(files).documents.filter((document) => document.kind === "Check");
  return Object.fromEntries(checks.map(({ name, spec }) => [name, spec]));
}
