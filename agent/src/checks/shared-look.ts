import type { Host } from "../transports/host.ts";

/** Makes a host of one piece of work a host whose looks are shared with others. */
export type ShareLooks = (host: Host) => Host;

/** Every piece of work looks for itself. */
export const unshared: ShareLooks = (host) => host;

/**
 * For checks that look at one host at the same time: a file that several of them read is read once, and a program that
 * several of them ask runs once, so that all judge the same state and the host is asked no more than it must be. What
 * went wrong is not shared: whoever comes later tries again. Changes go straight to the host, and nobody else learns
 * of them, so it is for looking only.
 */
export function shareLooks(): ShareLooks {
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(
    key: readonly string[],
    look: () => Promise<T>,
    went: (answer: T) => boolean,
  ): Promise<T> => {
    const name = JSON.stringify(key);
    // The name says which kind of look it is, and so what it answers.
    const before = known.get(name) as Promise<T> | undefined;
    if (before !== undefined) return before;
    const forget = (): void => void known.delete(name);
    const answer = look();
    known.set(name, answer);
    answer.then((value) => void (went(value) || forget()), forget);
    return answer;
  };
  return (host) => ({
    practice: host.practice,
    files: {
      ...host.files,
      read: (path) => once(["read", path], () => host.files.read(path), isRead),
      stat: (path) => once(["stat", path], () => host.files.stat(path), isRead),
      list: (glob) => once(["list", glob], () => host.files.list(glob), isRead),
    },
    run: (argv) => once(["run", ...argv], () => host.run(argv), isAnswer),
  });
}

/** A program that gave none has thrown. */
function isAnswer(): boolean {
  return true;
}

function isRead({ error }: { readonly error: string | null }): boolean {
  return error === null;
}
