import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enrolmentFingerprint, loadTree } from "@compline/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openIdentity } from "../state/identity.ts";
import { openDatabase } from "../store/database.ts";
import { enrol, type EnrolOptions, show } from "./enrol.ts";
import { readFolder } from "./folder.ts";

const certificate = join(import.meta.dirname, "../testdata/controller.pem");
const options: EnrolOptions = {
  name: "front-box",
  controller: "https://control.example",
  controllerKey: "b".repeat(64),
  certificate,
  mode: "standard",
  risk: "low",
  hosts: "practice",
  argv: false,
};

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "compline-enrol-"));
  folder = join(parent, "front-box");
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe("enrolling", () => {
  it("makes a folder for its owner only, with a key, what is pinned and the ceiling", () => {
    enrol(folder, options);
    const { ceiling, ...pinned } = readFolder(folder);
    expect(pinned).toEqual({
      schemaVersion: "1",
      name: "front-box",
      controller: "https://control.example",
      controllerKey: options.controllerKey,
      certificate: readFileSync(certificate, "utf8"),
    });
    expect(ceiling).toEqual({ mode: "standard", risk: "low", hosts: "practice", argv: false });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of ["appliance.json", "appliance.key", "identity.json", "agent.db"])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  });

  it("prints a document that the repository's loader takes as it is, and the fingerprint of the key in it", () => {
    const { document, explanation } = enrol(folder, options);
    const path = "sites/lanternfish/workbench/appliances/front-box.yaml";
    const { documents, diagnostics } = loadTree([{ path, text: document }]);
    expect(diagnostics).toEqual([]);
    const { id, publicKey } = openIdentity(folder);
    expect(documents).toMatchObject([{ kind: "Appliance", name: "front-box", spec: { id, publicKey } }]);
    expect(explanation).toContain(enrolmentFingerprint(id, publicKey));
  });

  it("is shown again word for word, as often as asked", () => {
    const first = enrol(folder, options);
    expect(show(folder)).toEqual(first);
    expect(show(folder)).toEqual(first);
  });

  it("never touches a folder that is an appliance's already", () => {
    const { document } = enrol(folder, options);
    const again = (): unknown => enrol(folder, { ...options, name: "other-box" });
    expect(again).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
    expect(show(folder).document).toBe(document);
  });

  it("that a crash cut short goes on with the key that was born", () => {
    enrol(folder, options);
    const { id, publicKey } = openIdentity(folder);
    rmSync(join(folder, "appliance.json"));
    const { document } = enrol(folder, options);
    expect(document).toContain(id);
    expect(document).toContain(publicKey);
  });

  it("makes nothing at all for options that a run would refuse", () => {
    const bad = [
      { ...options, controller: "http://control.example" },
      { ...options, controllerKey: "b" },
      { ...options, name: "Front Box" },
      { ...options, certificate: join(parent, "missing.pem") },
    ];
    for (const each of bad)
      expect(() => enrol(folder, each)).toThrow(expect.objectContaining({ code: "CONFIG_INVALID" }));
    expect(existsSync(folder)).toBe(false);
  });

  it("is refused while another process has the folder", () => {
    enrol(folder, options);
    rmSync(join(folder, "appliance.json"));
    const database = openDatabase(join(folder, "agent.db"));
    expect(() => enrol(folder, options)).toThrow(expect.objectContaining({ code: "STATE_LOCKED" }));
    database.close();
  });
});

describe("showing", () => {
  it("makes no key: a folder without one is said to have none", () => {
    enrol(folder, options);
    rmSync(join(folder, "identity.json"));
    expect(() => show(folder)).toThrow(/has no key yet/);
  });
});
