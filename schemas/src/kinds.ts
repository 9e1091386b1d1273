import type {
  Appliance,
  Check,
  ControlFamily,
  Drill,
  Framework,
  Partner,
  Rule,
  Runbook,
  Site,
} from "./generated/types.ts";

/** One YAML document of any kind. */
export type Manifest =
  | Framework
  | ControlFamily
  | Check
  | Rule
  | Runbook
  | Drill
  | Partner
  | Site
  | Appliance;

/** The nine kinds of document. */
export type Kind = Manifest["kind"];

/** The `spec` of a kind of document. */
export type SpecOf<K extends Kind> = Extract<Manifest, { readonly kind: K }>["spec"];

/** The nine kinds, in the order in which they are read about: frameworks first, sites last. */
export const kinds: readonly Kind[] = [
  "Framework",
  "ControlFamily",
  "Check",
  "Rule",
  "Runbook",
  "Drill",
  "Partner",
  "Site",
  "Appliance",
];
