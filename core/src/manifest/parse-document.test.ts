import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { enrolAppliance, enrolPartner } from "./enrol.ts";
import { readKillSwitch } from "./kill-switch.ts";
import { parseDocument } from "./parse-document.ts";
import { isManifestPath, placeOf } from "./place.ts";

const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const publicKey = "1".repeat(64);
const path = "sites/lanternfish/workbench/appliances/box.yaml";
const plain = `# modeline
apiVersion: compline.dev/v1
kind: Appliance
metadata: { name: box }
# why it is there
spec: {} # nothing yet
`;

describe("a document", () => {
  it("has the digest of what it says, not of how it is written", () => {
    const first = parseDocument({ path, text: plain }).document;
    const second = parseDocument({
      path,
      text: "kind: Appliance\nspec: {}\nmetadata:\n  labels: { a: b }\n  name: box\napiVersion: compline.dev/v1\n",
    }).document;
    expect(first?.digest).toBe(second?.digest);
    const canonical = '{"apiVersion":"compline.dev/v1","kind":"Appliance","name":"box","spec":{}}';
    expect(first?.digest).toBe(createHash("sha256").update(canonical).digest("hex"));
  });

  it("has the hash of its bytes", () => {
    const { document } = parseDocument({ path, text: plain });
    expect(document?.sha256).toBe(createHash("sha256").update(plain).digest("hex"));
  });

  it("knows where its parts stand", () => {
    const { document } = parseDocument({ path, text: plain });
    expect(document?.locate("/metadata/name")).toEqual({ line: 4, column: 19 });
  });
});

describe("enrolment", () => {
  it("writes the appliance's identity, keeps the comments, and can be read back", () => {
    const text = enrolAppliance(plain, { id, publicKey });
    expect(parseDocument({ path, text }).document?.spec).toEqual({ id, publicKey });
    expect(text).toContain("# modeline\n");
    expect(text).toContain("# why it is there\n");
    expect(text).toContain("# nothing yet\n");
  });

  it("replaces an older identity", () => {
    const older = enrolAppliance(plain, { id: "01M84TR9TT9M747S8MC7VGTTK5", publicKey: "2".repeat(64) });
    const text = enrolAppliance(older, { id, publicKey });
    expect(parseDocument({ path, text }).document?.spec).toEqual({ id, publicKey });
  });

  it("keeps another key that the file gives the same appliance", () => {
    const text = enrolAppliance(plain, { id, publicKey: "2".repeat(64) });
    expect(enrolAppliance(text, { id, publicKey })).toBe(text);
  });

  it.each(["a: [", "spec: 3\n", "- spec\n", "", "a: 1\n---\nspec: {}\n", "spec: *x\n"])(
    "leaves %j alone, which is for the loader to refuse",
    (text) => {
      expect(enrolAppliance(text, { id, publicKey })).toBe(text);
    },
  );

  it("writes the partner's authority key and log origin and leaves the rest as it was", () => {
    const partner = `apiVersion: compline.dev/v1
kind: Partner
metadata: { name: lanternfish }
spec:
  id: ${id} # for ever
  displayName: "A name that is rather long, so that a printer that folds lines at eighty characters would fold it"
`;
    const text = enrolPartner(partner, {
      authorityPublicKey: publicKey,
      logOrigin: "lanternfish.example/log",
    });
    expect(text.startsWith(partner)).toBe(true);
    const { document } = parseDocument({ path: "sites/lanternfish/partner.yaml", text });
    expect(document?.spec).toMatchObject({
      authority: { publicKey },
      log: { origin: "lanternfish.example/log" },
    });
  });
});

it("a partner's log gets its name, and keeps who watches it", () => {
  const head = `apiVersion: compline.dev/v1\nkind: Partner\nmetadata: { name: lanternfish }\nspec:\n  id: ${id}\n  displayName: L\n`;
  const vkey = "witness.example/a+81d624fa+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU";
  const logOrigin = "lanternfish.example/log";
  for (const [log, rest] of [
    [
      `{ origin: other.example, quorum: 1, witnesses: [{ vkey: "${vkey}" }] }`,
      { quorum: 1, witnesses: [{ vkey }] },
    ],
    ["null", {}],
  ] as const) {
    const text = enrolPartner(`${head}  log: ${log}\n`, { authorityPublicKey: publicKey, logOrigin });
    const { document } = parseDocument({ path: "sites/lanternfish/partner.yaml", text });
    expect(document?.spec).toMatchObject({ log: { origin: logOrigin, ...rest } });
  }
});

describe("a kill switch", () => {
  const text = `kind: Site\nunknown: 1\nspec: { killSwitch: { engaged: true, reason: "smoke" } }\n`;

  it("is read even from a file that is otherwise refused", () => {
    const site = "sites/lanternfish/workbench/site.yaml";
    expect(parseDocument({ path: site, text }).document).toBeNull();
    expect(readKillSwitch({ path: site, text })).toEqual({
      partner: "lanternfish",
      site: "workbench",
      reason: "smoke",
    });
  });

  it.each([
    ["a file that is no place for one", "policies/rules/a.yaml", text],
    ["an appliance", path, text],
    ["a file that is not YAML", "sites/lanternfish/partner.yaml", "a: ["],
    ["one that is not engaged", "sites/lanternfish/partner.yaml", text.replace("true", '"yes"')],
    ["a file beyond any size", "sites/lanternfish/partner.yaml", text + "#".repeat(300_000)],
  ])("is not read from %s", (_what, where, content) => {
    expect(readKillSwitch({ path: where, text: content })).toBeNull();
  });
});

describe("a path", () => {
  it.each([
    ["frameworks/hipaa/framework.yaml", "Framework", "hipaa"],
    ["frameworks/hipaa/controls/access-control.yaml", "ControlFamily", "access-control"],
    ["policies/checks/linux/sshd-root-login.yaml", "Check", "sshd-root-login"],
    ["policies/rules/sshd-root-login.yaml", "Rule", "sshd-root-login"],
    ["runbooks/linux/sshd-root-login.yaml", "Runbook", "sshd-root-login"],
    ["runbooks/linux/sshd-root-login.drill.yaml", "Drill", "sshd-root-login"],
    ["sites/lanternfish/partner.yaml", "Partner", "lanternfish"],
    ["sites/lanternfish/workbench/site.yaml", "Site", "workbench"],
    ["sites/lanternfish/workbench/appliances/box.yaml", "Appliance", "box"],
  ])("%s is for a %s named %s", (where, kind, name) => {
    expect(isManifestPath(where)).toBe(true);
    expect(placeOf(where)).toMatchObject({ kind, name });
  });

  it.each([
    "README.md",
    "package.yaml",
    "sites/lanternfish/workbench/practice/host/files/etc/app.yaml",
    ".github/workflows/check.yml",
    "policies/checks/linux/notes.md",
    "runbooks/linux/lab-report.json",
  ])("%s is not the loader's business", (where) => {
    expect(isManifestPath(where)).toBe(false);
  });
});
