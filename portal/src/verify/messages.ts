import type { Judged } from "./kits.ts";

/** A file as bytes, with the path it was given under. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a page asks its worker to verify. `trust` is the reader's own trust file. */
export type Request =
  | { readonly kind: "kits"; readonly kits: readonly File[]; readonly trust: File | null }
  | { readonly kind: "bundle"; readonly digest: string; readonly trust: Uint8Array<ArrayBuffer> | null }
  | {
      readonly kind: "files";
      readonly files: readonly GivenFile[];
      readonly trust: Uint8Array<ArrayBuffer> | null;
    };

/** What a page tells a worker that it starts: what to verify, or whom to help at the other end of the port. */
export type Message =
  | { readonly kind: "ask"; readonly request: Request; readonly helper: MessagePort | null }
  | { readonly kind: "help"; readonly asker: MessagePort };

/** What a report is about: one bundle with those before it, files as they were given, or one kit of several. */
export type About = "bundle" | "files" | "kits";

/** Which code judges signatures: the browser's own, Node's, or plain JavaScript where the browser has none. */
export type EngineName = "browser" | "node" | "fallback";

/** What a question came to. */
export interface Result {
  /** One, or one for each kit. */
  readonly judged: readonly Judged[];
  readonly about: About;
}

/** What the worker answers: any number of progress messages, then one of the other two. */
export type Reply =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | ({ readonly kind: "result"; readonly engine: EngineName } & Result)
  | { readonly kind: "problem"; readonly message: string };
