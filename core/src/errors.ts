/**
 * What can be wrong with a repository's YAML, each with one line for the documentation. Stages: YAML (form of the
 * text), SCHEMA (form of the document), PATH (place of the file), REF (how documents refer to each other), RULE (rules
 * that contend).
 */
export const diagnosticTexts = {
  YAML_SYNTAX: "The text is not well-formed YAML.",
  YAML_ENCODING: "The file is not UTF-8 without a byte order mark.",
  YAML_TOO_LARGE: "The file is larger than 256 KiB.",
  YAML_TOO_DEEP: "The document is nested deeper than 32 levels.",
  YAML_EMPTY: "The file holds no document.",
  YAML_MULTIPLE_DOCUMENTS: "The file holds more than one document.",
  YAML_DUPLICATE_KEY: "A key stands twice in the same mapping.",
  YAML_KEY: "A key is not a plain word.",
  YAML_ANCHOR: "Anchors are not allowed.",
  YAML_ALIAS: "Aliases are not allowed.",
  YAML_MERGE_KEY: "Merge keys are not allowed.",
  YAML_TAG: "Tags are not allowed.",
  YAML_DIRECTIVE: "Directives are not allowed.",
  SCHEMA_KIND: "The kind is not one we know.",
  SCHEMA_MISSING: "A member is missing.",
  SCHEMA_UNEXPECTED: "A member is not known here.",
  SCHEMA_KEY: "A name of a member has the wrong form.",
  SCHEMA_TYPE: "A value has the wrong type.",
  SCHEMA_ENUM: "A value is not one of those allowed.",
  SCHEMA_CONST: "A value is not the one allowed.",
  SCHEMA_PATTERN: "A text has the wrong form.",
  SCHEMA_LENGTH: "A text is too short or too long.",
  SCHEMA_ITEMS: "A list has too few or too many items.",
  SCHEMA_DUPLICATE: "A list holds the same item twice.",
  SCHEMA_RANGE: "A number is too small or too large.",
  SCHEMA_MEMBERS: "An object has too few or too many members.",
  SCHEMA_TIME_ZONE: "A time zone is not in the IANA database.",
  SCHEMA_UNDO: "A runbook changes something that its undo does not put back.",
  SCHEMA_ARGV: "A program is not named by its absolute path, or is a shell or an interpreter given code.",
  PATH_UNEXPECTED: "The loader takes no file at this path.",
  PATH_KIND: "The path is for another kind of document.",
  PATH_NAME: "The path and metadata.name differ.",
  REF_MISSING: "A name resolves nowhere.",
  REF_DUPLICATE: "A name, identity or key is used twice.",
  REF_PLATFORM: "Two things that belong together are for different platforms.",
  REF_CEL: "An expression does not compile, or gives another type than its place takes.",
  REF_UNUSED: "No control of any framework names the check.",
  REF_UNDRILLED: "A rule heals the check, and no drill breaks it.",
  REF_UNEXERCISED:
    "A framework calls itself exercised, and a control for hosts has no check that a drill breaks.",
  RULE_BY_HAND: "A rule of the agent's heals a check that says a person acts instead.",
  RULE_ANCHORS: "There is no log to anchor, a calendar stands twice, or more must answer than there are.",
  RULE_FEW_CALENDARS: "Fewer than three calendars, or calendars of one operator only, timestamp a log.",
  RULE_OVERLAP: "Two rules of one check have the same priority on the same platform.",
} as const;

/** Stable code of a diagnostic. */
export type DiagnosticCode = keyof typeof diagnosticTexts;
