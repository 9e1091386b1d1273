import { beforeAll, describe, expect, it } from "vitest";
import {
  type AssignmentRefusal,
  assignmentSignatureItem,
  readAssignment,
  signAssignment,
  sliceDigest,
} from "./assignment.ts";
import { sha256Hex } from "./digest.ts";
import { nobleEngine } from "./ed25519-noble.ts";
import { canonicalBytes, canonicalJson } from "./jcs.ts";
import { makeKit } from "./testdata/generator.ts";
import { makeKey } from "./testdata/identities.ts";

type Loose = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- tests put wrong values anywhere

let bytes: Uint8Array;
let honest: Loose;
beforeAll(async () => {
  const kit = await makeKit(5);
  const path = `assignments/${kit.trust.assignments[0]?.digest}.json`;
  bytes = kit.files.get(path) ?? new Uint8Array();
  honest = JSON.parse(new TextDecoder().decode(bytes));
});

function refusalOf(change: (assignment: Loose) => void): Pick<AssignmentRefusal, "code" | "message"> | "ok" {
  const assignment = structuredClone(honest);
  change(assignment);
  const read = readAssignment(canonicalBytes(assignment));
  return read.ok ? "ok" : { code: read.code, message: read.message };
}

describe("readAssignment", () => {
  it("reads what judges, and the pairs by key", () => {
    const read = readAssignment(bytes);
    expect(read).toMatchObject({ ok: true, digest: sha256Hex(bytes), assignment: honest });
    expect(read.ok ? [...read.pairKeys] : []).toEqual(
      honest["pairs"].map(([host, check]: [string, string]) => `${host} ${check}`),
    );
  });

  it("ignores members that do not judge", () => {
    expect(
      refusalOf((a) =>
        Object.assign(a, { partner: "x", healing: { ...a["healing"], riskCeiling: "low" }, ratio: 0.5 }),
      ),
    ).toBe("ok");
  });

  it.each<[string, string, RegExp, (assignment: Loose) => void]>([
    ["another schema version", "SCHEMA", /^\/schemaVersion/, (a) => (a["schemaVersion"] = "2")],
    ["a missing member", "SCHEMA", /^\/: member healUntil/, (a) => delete a["healUntil"]],
    ["a negative generation", "SCHEMA", /^\/generation/, (a) => (a["generation"] = -1)],
    ["a pair of three", "SCHEMA", /^\/pairs\/0/, (a) => a["pairs"][0].push("x")],
    ["a pair twice", "SCHEMA", /assigned twice/, (a) => a["pairs"].push(a["pairs"][0])],
    ["a runbook that is no digest", "SCHEMA", /^\/runbooks\/rb/, (a) => (a["runbooks"].rb = "1")],
    ["runbooks that are no object", "SCHEMA", /^\/runbooks/, (a) => (a["runbooks"] = [])],
    ["a kill switch in words", "SCHEMA", /^\/healing\/killSwitch/, (a) => (a["healing"].killSwitch = "on")],
    ["an unknown mode", "SCHEMA", /^\/healing\/mode/, (a) => (a["healing"].mode = "auto")],
    ["a file path out of the repository", "SCHEMA", /^\/files\/0\/0/, (a) => (a["files"][0][0] = "../x")],
    ["a slice of other files", "WRONG_SLICE", /slice/, (a) => (a["files"] = [])],
  ])("refuses %s", (_, code, message, change) => {
    expect(refusalOf(change)).toEqual({ code, message: expect.stringMatching(message) });
  });

  it.each<[string, string, (text: string) => string]>([
    ["no JSON", "NOT_JSON", (text) => text.slice(1)],
    ["a line end", "NOT_CANONICAL", (text) => `${text}\n`],
    ["a lone surrogate", "NOT_CANONICAL", (text) => text.replace("{", '{"x":"\\ud800",')],
  ])("refuses %s", (_, code, change) => {
    expect(readAssignment(new TextEncoder().encode(change(new TextDecoder().decode(bytes))))).toMatchObject({
      ok: false,
      code,
    });
  });

  it("refuses what is no object at all", () => {
    expect(readAssignment(new TextEncoder().encode("5"))).toMatchObject({ ok: false, code: "SCHEMA" });
  });
});

describe("sliceDigest", () => {
  it("does not depend on the order of the files", () => {
    const files = [
      ["b", "1".repeat(64)],
      ["a", "2".repeat(64)],
      ["a", "2".repeat(64)],
    ] as const;
    expect(sliceDigest(files)).toBe(sliceDigest(files.toReversed()));
    expect(sliceDigest(files)).toBe(
      sha256Hex(new TextEncoder().encode(canonicalJson([files[1], files[1], files[0]]))),
    );
  });
});

describe("the assignment's signature", () => {
  it("holds for its bytes and key only", async () => {
    const [key, other] = await Promise.all([makeKey("publisher"), makeKey("other")]);
    const text = await signAssignment(bytes, key.sign);
    expect(text).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    const itemFor = (what: Uint8Array, publicKey: string) => {
      const item = assignmentSignatureItem(what, text, new Uint8Array(Buffer.from(publicKey, "hex")));
      if (item === undefined) throw new Error("the text is a signature");
      return item;
    };
    const items = [
      itemFor(bytes, key.publicKey),
      itemFor(bytes, other.publicKey),
      itemFor(bytes.subarray(1), key.publicKey),
    ];
    expect(await nobleEngine().verify(items)).toEqual([true, false, false]);
  });

  it.each(["", "QUJD", `${"A".repeat(86)}==\n`])("is not any text: %j", (text) => {
    expect(assignmentSignatureItem(bytes, text, new Uint8Array(32))).toBeUndefined();
  });
});
