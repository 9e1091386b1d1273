/** JSON Schema of a digest in a path. */
export const digestParams = {
  type: "object",
  required: ["digest"],
  properties: { digest: { type: "string", pattern: "^[0-9a-f]{64}$", description: "SHA-256 of the file." } },
} as const;

/** JSON Schema of an appliance's id in a path. */
export const applianceParams = {
  type: "object",
  required: ["id"],
  properties: {
    id: { type: "string", pattern: "^[0-7][0-9A-HJKMNP-TV-Z]{25}$", description: "ULID of the appliance." },
  },
} as const;

/** JSON Schema of what became of one envelope. */
export const evidenceResultSchema = {
  type: "object",
  description: "What became of one envelope.",
  required: ["digest", "status", "code", "message"],
  properties: {
    digest: { type: "string", description: "SHA-256 of the bytes as they came." },
    status: {
      type: "string",
      enum: ["accepted", "duplicate", "fork", "refused"],
      description: "Kept, known, kept beside another, or not kept.",
    },
    code: { type: ["string", "null"], description: "Why it was refused, or FORK." },
    message: { type: "string", description: "A sentence for people." },
  },
} as const;

/** JSON Schema of a 200 answer: one known envelope, or the results of a batch in its order. */
export const evidenceResultsSchema = {
  type: "object",
  description: "A known envelope, or the results of a batch in its order.",
  properties: {
    ...evidenceResultSchema.properties,
    results: { type: "array", items: evidenceResultSchema, description: "In the order of the lines." },
  },
} as const;
