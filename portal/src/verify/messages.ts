import type { Verification } from "@compline/core";

/** A file as bytes, with the path it was given under. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What the page asks its worker to verify. `trust` is the reader's own trust file. */
export type Request =
  | { readonly kind: "bundle"; readonly digest: string; readonly trust: Uint8Array<ArrayBuffer> | null }
  | {
      readonly kind: "files";
      readonly files: readonly GivenFile[];
      readonly trust: Uint8Array<ArrayBuffer> | null;
    };

/** What a result is about: one bundle with those before it, or files as they were given. */
export type About = Request["kind"];

/** Which code judges signatures: the browser's own, Node's, or plain JavaScript where the browser has none. */
export type EngineName = "browser" | "node" | "fallback";

/** What the worker answers: any number of progress messages, then one of the other two. */
export type Reply =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | {
      readonly kind: "result";
      readonly verification: Verification;
      readonly engine: EngineName;
      readonly about: About;
      readonly ms: number;
    }
  | { readonly kind: "problem"; readonly message: string };
