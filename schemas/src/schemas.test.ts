import { describe, expect, it } from "vitest";
import { asObject, readSchema, schemaFolders } from "./generator/schema-files.ts";
import { kinds, validators } from "./index.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Where in the schema an offending part is. */
function offenders(value: unknown, offends: (part: Schema) => boolean, where = ""): string[] {
  if (typeof value !== "object" || value === null) return [];
  const here = !Array.isArray(value) && offends(asObject(value)) ? [where] : [];
  return [
    ...here,
    ...Object.entries(value).flatMap(([key, part]) => offenders(part, offends, `${where}/${key}`)),
  ];
}

function isOpen(part: Schema): boolean {
  const rest = part["additionalProperties"];
  return part["type"] === "object" && rest !== false && typeof rest !== "object";
}

function isUnbounded(part: Schema): boolean {
  if (part["type"] === "array") return typeof part["maxItems"] !== "number";
  const bounds = [part["maxLength"], part["pattern"], part["enum"], part["$ref"]];
  return part["type"] === "string" && bounds.every((bound) => bound === undefined);
}

describe.each(schemaFolders.map((folder) => [folder, readSchema(`${folder}/v1.schema.json`)] as const))(
  "the schema of %s",
  (folder, schema) => {
    const definitions = asObject(schema["$defs"]);
    const target = (part: Schema): Schema =>
      asObject(definitions[String(part["$ref"]).replace("#/$defs/", "")] ?? {});

    it("is closed: every object refuses unknown members or types them", () => {
      expect(offenders(schema, isOpen)).toEqual([]);
    });

    it("describes every property, itself or through what it refers to", () => {
      const undescribed = (part: Schema): boolean =>
        part["additionalProperties"] === false &&
        Object.values(asObject(part["properties"]))
          .map(asObject)
          .some((property) => (property["description"] ?? target(property)["description"]) === undefined);
      expect(offenders(schema, undescribed)).toEqual([]);
    });

    it("bounds every text and every list", () => {
      expect(offenders(schema, isUnbounded)).toEqual([]);
    });

    it("works alone in an editor: it refers only to its own definitions", () => {
      const dangling = (part: Schema): boolean =>
        part["$ref"] !== undefined && Object.keys(target(part)).length === 0;
      expect(offenders(schema, dangling)).toEqual([]);
      expect(schema["$id"]).toBe(`https://compline.dev/schemas/${folder}/v1.schema.json`);
    });
  },
);

describe("the validators", () => {
  it("exist for every kind, whose folder is its name in lower case", () => {
    expect(Object.keys(validators)).toEqual(kinds);
    for (const kind of kinds) expect(schemaFolders).toContain(kind.toLowerCase());
  });

  it("report every violation of a document, not only the first", () => {
    const partner = {
      apiVersion: "compline.dev/v1",
      kind: "Partner",
      metadata: { name: "CON" },
      spec: { id: "x" },
    };
    expect(validators.Partner(partner)).toBe(false);
    const found = validators.Partner.errors?.map((error) => `${error.instancePath} ${error.keyword}`);
    expect(found).toEqual(["/metadata/name pattern", "/spec required", "/spec/id pattern"]);
  });

  it("refuse a step that is two things or nothing", () => {
    const spec = {
      check: "a",
      platform: "linux",
      break: [{}, { reload: { service: "ssh" }, setMode: { path: "/etc/shadow", mode: "0644" } }],
      expect: { verdict: "fail" },
    };
    const drill = { apiVersion: "compline.dev/v1", kind: "Drill", metadata: { name: "a" }, spec };
    expect(validators.Drill(drill)).toBe(false);
    const found = validators.Drill.errors?.map((error) => `${error.instancePath} ${error.keyword}`);
    expect(found).toEqual(["/spec/break/0 minProperties", "/spec/break/1 maxProperties"]);
  });

  it.each(["../etc", "/etc/../shadow", "etc/shadow", "/etc//shadow", "/etc/shadow/", "/", "/etc/./shadow"])(
    "refuse the path %s",
    (path) => {
      const spec = {
        check: "a",
        platform: "linux",
        break: [{ setMode: { path, mode: "0644" } }],
        expect: { verdict: "fail" },
      };
      const drill = { apiVersion: "compline.dev/v1", kind: "Drill", metadata: { name: "a" }, spec };
      expect(validators.Drill(drill)).toBe(false);
    },
  );
});
