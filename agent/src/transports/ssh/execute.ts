import type { Client, ClientChannel } from "ssh2";
import { HostError, type HostToken } from "../../errors.ts";
import { createBeginning } from "../beginning.ts";
import { MAX_COMPLAINT_BYTES, MAX_OUTPUT_BYTES } from "../host.ts";

/** What a command line of the remote shell came to. */
export interface Executed {
  readonly code: number;
  readonly stdout: Buffer;
  /** The beginning of what it complained of. */
  readonly stderr: Buffer;
}

/** What it is started with. */
export interface ExecuteOptions {
  readonly stdin?: Buffer;
  readonly signal: AbortSignal;
}

/**
 * Runs one command line on a connection that is up, in a channel of its own. Output is bounded while it arrives; when
 * the limit is passed or `signal` fires, the channel is closed: a program that writes ends by that, any other by the time
 * limit it was started with.
 * @throws HostError OUTPUT_TOO_LARGE, TIMEOUT, PROGRAM_FAILED, CHANNEL_REFUSED or CONNECTION_LOST
 */
export async function execute(client: Client, command: string, options: ExecuteOptions): Promise<Executed> {
  const { signal, stdin } = options;
  if (signal.aborted) throw new HostError("TIMEOUT");
  const { promise, resolve, reject } = Promise.withResolvers<Executed>();
  const lost = (): void => reject(new HostError("CONNECTION_LOST"));
  let end = (token: HostToken): void => reject(new HostError(token));
  const late = (): void => end("TIMEOUT");
  client.once("close", lost);
  signal.addEventListener("abort", late, { once: true });
  try {
    client.exec(command, (error, channel) => {
      if (error !== undefined) return reject(new HostError("CHANNEL_REFUSED", { cause: error }));
      end = (token) => {
        reject(new HostError(token));
        close(channel);
      };
      if (signal.aborted) return end("TIMEOUT");
      gather(channel, end, resolve);
      channel.end(stdin);
    });
    return await promise;
  } catch (error) {
    throw error instanceof HostError ? error : new HostError("CONNECTION_LOST", { cause: error });
  } finally {
    client.off("close", lost);
    signal.removeEventListener("abort", late);
  }
}

function gather(
  channel: ClientChannel,
  fail: (token: HostToken) => void,
  done: (executed: Executed) => void,
): void {
  const output: Buffer[] = [];
  const complaint = createBeginning(MAX_COMPLAINT_BYTES);
  let length = 0;
  let code: number | null | undefined;
  channel.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_OUTPUT_BYTES) output.push(chunk);
    else fail("OUTPUT_TOO_LARGE");
  });
  channel.stderr.on("data", (chunk: Buffer) => complaint.push(chunk));
  // A program that does not read what it is given closes its end; how it ended says what that means.
  channel.on("error", () => {});
  channel.once("exit", (status: number | null) => (code = status));
  channel.once("close", () => {
    if (code === undefined) fail("CONNECTION_LOST");
    else if (code === null) fail("PROGRAM_FAILED");
    else done({ code, stdout: Buffer.concat(output), stderr: complaint.bytes() });
  });
}

function close(channel: ClientChannel): void {
  try {
    channel.destroy();
  } catch {
    // The connection is gone already, and the channel with it.
  }
}
