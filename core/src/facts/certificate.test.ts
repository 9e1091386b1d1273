import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, integer, nat, property, tuple } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeBase64, encodeBase64 } from "../evidence/base64.ts";
import { parseCertificates } from "./certificate.ts";
import type { Facts } from "./raw-file.ts";
import { factsIn, fileRow } from "./testdata/rows.ts";
import { readCertificate } from "./x509.ts";

const openssl = "/usr/bin/openssl";
const made = new Map<string, string>();
let folder = "";

/** Certificates by openssl, each self-signed and 30 days old at its end. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  rsa: ["rsa:2048"],
  weak: ["rsa:1024"],
  ec: ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"],
  ed25519: ["ed25519"],
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-certificates-"));
  if (!existsSync(openssl)) return;
  for (const [kind, key] of Object.entries(kinds))
    make(kind, key, kind === "weak" ? ["-addext", notAuthority] : []);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const notAuthority = "basicConstraints=critical,CA:FALSE";

function make(kind: string, key: readonly string[], more: readonly string[]): void {
  const out = join(folder, `${kind}.pem`);
  const names = ["-subj", "/CN=a name that must not be read", "-days", "30", "-nodes"];
  const files = ["-out", out, "-keyout", join(folder, `${kind}.key`)];
  const run = spawnSync(openssl, ["req", "-x509", "-newkey", ...key, ...names, ...files, ...more]);
  if (run.status === 0) made.set(kind, readFileSync(out, "utf8"));
}

const pem = (kind: string): string => made.get(kind) ?? "";
const seen = (text: string, at = Date.now()): Facts =>
  factsIn(parseCertificates([fileRow("/etc/ssl/a.pem", text)], at)) as Facts;

describe.skipIf(!existsSync(openssl))("openssl agrees on certificates (needs openssl)", () => {
  test.each(["rsa", "weak", "ec", "ed25519"])("of kind %s", (kind) => {
    const [certificate] = seen(pem(kind))["certificates"] as Facts[];
    const run = ["x509", "-noout", "-in", join(folder, `${kind}.pem`), "-startdate", "-enddate", "-text"];
    const { stdout } = spawnSync(openssl, run, { encoding: "utf8" });
    const date = (name: string): string =>
      new Date(new RegExp(`${name}=(.*)`).exec(stdout)?.[1] ?? "").toISOString();
    expect(certificate).toMatchObject({
      notBefore: date("notBefore"),
      notAfter: date("notAfter"),
      started: true,
      daysLeft: 29,
      selfSigned: true,
      authority: /CA:TRUE/.test(stdout),
    });
    const bits = /Public-Key: \((\d+) bit\)/.exec(stdout)?.[1] ?? "256";
    expect(certificate?.["keyBits"]).toBe(Number(bits));
    expect(certificate?.["keyType"]).toBe(kind === "weak" ? "rsa" : kind);
  });

  test("of a request signed by another are not self-signed", () => {
    const at = (name: string): string => join(folder, name);
    const subject = ["-subj", "/CN=b", "-nodes", "-newkey", "rsa:2048"];
    spawnSync(openssl, ["req", "-new", ...subject, "-keyout", at("b.key"), "-out", at("b.csr")]);
    const issuer = ["-CA", at("rsa.pem"), "-CAkey", at("rsa.key"), "-CAcreateserial", "-days", "1"];
    spawnSync(openssl, ["x509", "-req", "-in", at("b.csr"), ...issuer, "-out", at("b.pem")]);
    const [certificate] = seen(readFileSync(at("b.pem"), "utf8"))["certificates"] as Facts[];
    expect(certificate).toMatchObject({ selfSigned: false, authority: false, daysLeft: 0 });
  });

  test("and no fact holds the name or the key beside it", () => {
    const text = readFileSync(join(folder, "rsa.key"), "utf8") + pem("rsa");
    const facts = JSON.stringify(seen(text));
    expect(seen(text)["unreadable"]).toBe(0);
    expect(facts).not.toMatch(/must not be read|PRIVATE/);
  });

  test("days left count from when it is looked at, and go below zero", () => {
    const later = Date.now() + 31 * 86_400_000;
    expect(seen(pem("rsa"), later)["certificates"]).toMatchObject([{ daysLeft: -2, started: true }]);
    expect(seen(pem("rsa"), 0)["certificates"]).toMatchObject([{ started: false }]);
  });

  test("that are damaged anywhere are read or counted as unreadable, and nothing is thrown", () => {
    const der = decodeBase64(pem("ec").replace(/-----[^-]*-----|\s/g, "")) ?? new Uint8Array();
    expect(readCertificate(der)).not.toBeNull();
    assert(
      property(
        array(tuple(nat(der.length - 1), integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }),
        (hits) => {
          const damaged = Uint8Array.from(der);
          for (const [at, byte] of hits) damaged[at] = byte;
          const facts = seen(
            `-----BEGIN CERTIFICATE-----\n${encodeBase64(damaged)}\n-----END CERTIFICATE-----\n`,
          );
          expect((facts["certificates"] as unknown[]).length + Number(facts["unreadable"])).toBe(1);
        },
      ),
      { seed: 20261125, numRuns: 2000 },
    );
    for (let length = 0; length < der.length; length += 1)
      expect(readCertificate(der.subarray(0, length))).toBeNull();
  });
});

describe("a file", () => {
  test("without certificates has none, and a block that is none is counted", () => {
    expect(seen("hello\n")).toEqual({ found: false, certificates: [], unreadable: 0 });
    const bad = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    expect(seen(bad.repeat(2))).toEqual({ found: true, certificates: [], unreadable: 2 });
    expect(seen("-----BEGIN CERTIFICATE-----".repeat(30_000)).found).toBe(false);
  });
});
