import { CHECKPOINT_LENGTH, FAULTS_REPORTED, HELD_REPORTED } from "@compline/core";

const instant = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" } as const;
const digest = { type: "string", pattern: "^[0-9a-f]{64}$" } as const;
const count = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const name = { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$" } as const;
const code = { type: "string", pattern: "^[A-Z][A-Z0-9_]{0,63}$" } as const;
const mode = { type: "string", enum: ["off", "dry-run", "standard", "full"] } as const;

function closed<P extends Readonly<Record<string, unknown>>>(properties: P) {
  return {
    type: "object",
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  } as const;
}

/** JSON Schema of an appliance's report (contract of `POST /v1/appliances/{id}/report`). */
export const reportSchema = {
  ...closed({
    schemaVersion: { type: "string", const: "1", description: "Version of this form." },
    asOf: { ...instant, description: "When it was made, by the box's clock." },
    startedAt: { ...instant, description: "When the agent was started." },
    head: {
      ...closed({ epoch: count, seq: count, digest }),
      type: ["object", "null"],
      description: "The newest bundle it signed.",
    },
    outbox: { ...count, description: "How many bundles were not accepted yet." },
    assignment: { ...digest, type: ["string", "null"], description: "The assignment in force on the box." },
    healing: {
      ...closed({
        mode,
        reasons: {
          type: "array",
          maxItems: 16,
          items: code,
        },
      }),
      description: "The effective mode, and why it is lower than the assignment's.",
    },
    ceiling: {
      ...closed({
        mode,
        risk: { type: "string", enum: ["low", "medium", "high"] },
        argv: { type: "boolean" },
        hosts: { type: "string", enum: ["practice", "all"] },
      }),
      description: "What the box allows at most.",
    },
    suspension: {
      ...closed({
        since: instant,
        reason: { type: "string", minLength: 1, maxLength: 200, description: "A person's words." },
      }),
      type: ["object", "null"],
      description: "Healing stopped on the box by a person.",
    },
    override: {
      ...closed({
        since: instant,
        until: instant,
        reason: { type: "string", minLength: 1, maxLength: 200, description: "A person's words." },
      }),
      type: ["object", "null"],
      description: "What a person let be tried on the box, although its own pauses hold it back.",
    },
    held: {
      type: "array",
      maxItems: HELD_REPORTED,
      items: closed({
        host: { type: "string", pattern: "^[0-9A-HJKMNP-TV-Z]{26}$" },
        check: name,
        code,
        until: { ...instant, type: ["string", "null"] },
      }),
      description: "Failing pairs that are not healed now, why, and until when at least.",
    },
    faults: {
      type: "array",
      maxItems: FAULTS_REPORTED,
      items: closed({
        check: name,
        reason: code,
        pointer: { type: "string", pattern: "^/spec/[A-Za-z0-9_/]{1,120}$" },
        offset: count,
      }),
      description: "Expressions of checks that are at fault: which, and at which character, counted from 0.",
    },
    software: { ...closed({ name, version: name }), description: "The agent." },
    nextRunAt: { ...instant, type: ["string", "null"], description: "When it looks next." },
    checkpoint: {
      type: ["string", "null"],
      maxLength: CHECKPOINT_LENGTH,
      description: "The largest checkpoint of its log that it was told of, as the signed note.",
    },
  }),
  description: "What an appliance says about itself.",
} as const;
