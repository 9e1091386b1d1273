import { messageOf } from "../errors.ts";

/** How others are asked: the platform's `fetch`, or what a test puts in its place. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The way out. */
export interface Web {
  readonly fetch: Fetch;
  /** For one call, from its begin to its last byte. */
  readonly deadlineMs: number;
  /** Ends all calls. */
  readonly signal: AbortSignal;
}

/** A call: a GET, or a POST when there is a body. */
export interface Call {
  readonly url: string;
  readonly body?: Uint8Array<ArrayBuffer> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An answer that is longer is an error. */
  readonly maxBytes: number;
}

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array;
}

/** Makes one call; redirections are not followed. Throws an `Error` whose message says what went wrong. */
export async function call(web: Web, { url, body, headers = {}, maxBytes }: Call): Promise<Answer> {
  const signal = AbortSignal.any([web.signal, AbortSignal.timeout(web.deadlineMs)]);
  const method = body === undefined ? "GET" : "POST";
  try {
    const init = {
      method,
      headers,
      redirect: "error",
      signal,
      ...(body === undefined ? {} : { body }),
    } as const;
    const response = await web.fetch(url, init);
    return { status: response.status, bytes: await readAll(response, maxBytes) };
  } catch (cause) {
    throw new Error(whyNot(cause, web), { cause });
  }
}

async function readAll({ body }: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > maxBytes) throw new Error(`the answer has more than ${maxBytes} bytes`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** `fetch` says only that it failed; its cause says why. */
function whyNot(error: unknown, { deadlineMs }: Web): string {
  if (error instanceof Error && error.name === "TimeoutError") return `no answer within ${deadlineMs} ms`;
  if (error instanceof TypeError && error.cause !== undefined) return messageOf(error.cause);
  return messageOf(error);
}
