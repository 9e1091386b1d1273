import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CheckSpec } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { evaluateCheck } from "./evaluate.ts";

/** The verdict of a shipped check that looks at lines. */
function verdict(name: string, lines: readonly string[]): string {
  const file = fileURLToPath(new URL(`../../../policies/checks/linux/${name}.yaml`, import.meta.url));
  const { spec } = parse(readFileSync(file, "utf8")) as { spec: CheckSpec };
  return evaluateCheck(spec, { found: true, lines: [...lines] }).verdict;
}

const identity = ["passwd", "shadow", "group", "gshadow", "sudoers", "security/opasswd"];
const watched = identity.map((name) => `-w /etc/${name} -p wa -k identity`);

describe("what people and programs write in other ways is told apart", () => {
  test.each([
    ["pending-security-updates", ["Listing..."], "pass"],
    [
      "pending-security-updates",
      ["Listing...", "zip/stable 3.0-13+b1 amd64 [upgradable from: 3.0-13]"],
      "pass",
    ],
    [
      "pending-security-updates",
      ["openssl/oldstable-security,oldstable-updates 3.0.19-1 amd64 [upgradable from: 3.0.17-1]"],
      "fail",
    ],
    ["pending-security-updates", ["bash/noble-security 5.2.1 amd64 [upgradable from: 5.2.0]"], "fail"],
    ["package-files", [], "pass"],
    ["package-files", ["??5?????? c /etc/sudoers", "missing   c /etc/pam.d/su"], "pass"],
    ["package-files", ["missing     /usr/share/doc/sudo/README"], "pass"],
    ["package-files", ["??5??????   /usr/bin/sudo"], "fail"],
    ["package-files", ["missing     /bin/login"], "fail"],
    ["apt-trusted-sources", ["deb [arch=amd64 signed-by=/etc/k.gpg] https://a.example x main"], "pass"],
    ["apt-trusted-sources", ["# deb [trusted=yes] https://a.example x main"], "pass"],
    ["apt-trusted-sources", ["deb [ arch=amd64 trusted=yes ] https://a.example x main"], "fail"],
    ["apt-trusted-sources", ["Types: deb", "Trusted: yes"], "fail"],
    ["remote-logging", ["*.* /var/log/all", "# *.* @@log.example.com"], "fail"],
    ["remote-logging", ["*.* @@log.example.com:6514"], "pass"],
    ["remote-logging", ['action(type="omfwd" target="log.example.com" port="6514")'], "pass"],
    ["remote-logging", ["URL=https://log.example.com:19532"], "pass"],
    ["core-dumps-restricted", ["* soft core 0"], "fail"],
    ["core-dumps-restricted", ["* hard core infinity", "* hard core 0 # no dumps"], "pass"],
    ["core-dumps-restricted", ["* hard core 0", "* - core unlimited"], "fail"],
    ["core-dumps-restricted", ["* hard core 0", "root hard core infinity"], "pass"],
    ["core-dumps-restricted", ["* hard core 0", "@staff hard core 1000"], "fail"],
    ["audit-rules-identity", watched, "pass"],
    ["audit-rules-identity", watched.map((line) => line.replace("-p wa", "-p r")), "fail"],
    ["audit-rules-identity", watched.map((line) => line.replace("/etc/passwd", "/etc/passwd-")), "fail"],
    [
      "audit-rules-identity",
      identity.map((name) => `-a always,exit -F arch=b64 -F path=/etc/${name} -F perm=wa -F key=x`),
      "pass",
    ],
  ] as const)("%s: %j is a %s", (name, lines, expected) => {
    expect(verdict(name, lines)).toBe(expected);
  });
});
