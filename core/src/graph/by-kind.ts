import type { Kind } from "@compline/schemas";
import type { AnyDocument, ManifestDocument } from "../manifest/document.ts";

/** Documents by kind, in the order they came. */
export type ByKind = { readonly [K in Kind]: readonly ManifestDocument<K>[] };

/** Groups documents by kind. */
export function groupByKind(documents: readonly AnyDocument[]): ByKind {
  return {
    Framework: documents.filter((one) => one.kind === "Framework"),
    ControlFamily: documents.filter((one) => one.kind === "ControlFamily"),
    Preset: documents.filter((one) => one.kind === "Preset"),
    Check: documents.filter((one) => one.kind === "Check"),
    Rule: documents.filter((one) => one.kind === "Rule"),
    Runbook: documents.filter((one) => one.kind === "Runbook"),
    Drill: documents.filter((one) => one.kind === "Drill"),
    Partner: documents.filter((one) => one.kind === "Partner"),
    Site: documents.filter((one) => one.kind === "Site"),
    Appliance: documents.filter((one) => one.kind === "Appliance"),
  };
}

/** The framework to whose folder a family's path belongs. */
export function frameworkOfFamily(path: string): string {
  return path.split("/")[1] ?? "";
}
