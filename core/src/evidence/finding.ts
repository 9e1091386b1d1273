import { EVIDENCE_TEXTS, type EvidenceCode, type FindingLevel } from "./codes.ts";

/** One thing a verifier found, at a file when there is one. */
export interface Finding {
  readonly code: EvidenceCode;
  /** Path as given, or where the file should have been; null when it concerns all files. */
  readonly file: string | null;
  /** What was expected and found there, for people. */
  readonly message: string;
}

/** Collects findings; a repeated one is kept once. */
export interface Findings {
  add(code: EvidenceCode, file: string | null, message: string): void;
  ofLevel(level: FindingLevel): readonly Finding[];
  all(): readonly Finding[];
}

/** An empty collection, in order of adding. */
export function createFindings(): Findings {
  const found = new Map<string, Finding>();
  return {
    add(code, file, message) {
      const key = JSON.stringify([code, file, message]);
      if (!found.has(key)) found.set(key, { code, file, message });
    },
    all: () => [...found.values()],
    ofLevel: (level) => [...found.values()].filter(({ code }) => EVIDENCE_TEXTS[code].level === level),
  };
}
