import type {
  Appliance,
  Check,
  ControlFamily,
  Drill,
  Framework,
  Partner,
  Preset,
  Rule,
  Runbook,
  Site,
} from "./generated/types.ts";

/** One YAML document of any kind. */
export type Manifest =
  | Framework
  | ControlFamily
  | Preset
  | Check
  | Rule
  | Runbook
  | Drill
  | Partner
  | Site
  | Appliance;

/** The kinds of document. */
export type Kind = Manifest["kind"];

/** The `spec` of a kind of document. */
export type SpecOf<K extends Kind> = Extract<Manifest, { readonly kind: K }>["spec"];

/** The kinds, in the order in which they are read about: frameworks first, sites last. */
export const kinds: readonly Kind[] = [
  "Framework",
  "ControlFamily",
  "Preset",
  "Check",
  "Rule",
  "Runbook",
  "Drill",
  "Partner",
  "Site",
  "Appliance",
];
