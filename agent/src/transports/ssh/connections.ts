import { wait } from "../../clock.ts";
import { createGate } from "../../concurrency.ts";
import { HostError, type HostToken } from "../../errors.ts";
import { connect } from "./connect.ts";
import { openSession, type Session } from "./session.ts";
import type { SshTarget } from "./ssh-target.ts";

/** An unused connection is ended after this time. */
const IDLE_MS = 60_000;
/** Connections that are made at the same time; each costs both sides some work of the processor. */
const CONNECTING = 8;
/** The first one, and one more when it broke. */
const TRIES_PER_ROUND = 2;

/** How long a host may be away after a change of its sshd, and how often it is tried meanwhile. */
const RELOAD_MS = 10_000;
const RELOAD_LOOK_MS = 200;
/** What a host that is just starting its sshd anew looks like; a refused log-in is an answer. */
const AWAY: ReadonlySet<HostToken> = new Set(["HOST_UNREACHABLE", "CONNECTION_LOST"]);

/** The private key of that name. @throws HostError */
export type Credentials = (name: string) => Buffer;

interface Entry {
  readonly target: SshTarget;
  session: Promise<Session> | null;
  tries: number;
  /** Why there is no connection in this round. */
  failure: HostToken | null;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/**
 * One connection per host: made when it is first needed, shared by all that is done there, ended when it is idle. In a
 * round (from one `beginRound` to the next) a host that could not be reached is not tried again, and a connection that
 * broke is made once more.
 */
export class Connections {
  readonly #credentials: Credentials;
  readonly #entries = new Map<string, Entry>();
  readonly #gate = createGate(CONNECTING);

  constructor(credentials: Credentials) {
    this.#credentials = credentials;
  }

  /** Lets a host that failed be tried again. */
  beginRound(key: string): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) Object.assign(entry, { tries: 0, failure: null });
  }

  /** Hands the host's connection to `task`. @throws HostError when there is none, or what the task throws */
  async use<T>(key: string, target: SshTarget, task: (session: Session) => Promise<T>): Promise<T> {
    const entry = this.#entryOf(key, target);
    entry.users += 1;
    clearTimeout(entry.idle);
    try {
      return await task(await this.#session(entry));
    } finally {
      entry.users -= 1;
      if (entry.users === 0) entry.idle = setTimeout(() => end(entry), IDLE_MS).unref();
    }
  }

  /**
   * Logs in anew and goes on with that connection. When it cannot, the one before is still there: a change that would
   * lock this appliance out can so be taken back. Ends soon after `signal` fires.
   * @throws HostError why not
   */
  async renew(key: string, signal: AbortSignal): Promise<void> {
    const entry = this.#entries.get(key);
    const before = entry?.session ?? null;
    if (entry === undefined || before === null) return;
    const session = await this.#openReloaded(entry.target, signal);
    adopt(entry, Promise.resolve(session), session);
    (await before).close();
  }

  /** An sshd that was told to reload starts itself anew, and for a moment nothing listens. */
  async #openReloaded(target: SshTarget, signal: AbortSignal): Promise<Session> {
    const until = performance.now() + RELOAD_MS;
    for (;;) {
      try {
        return await this.#gate(() => this.#open(target));
      } catch (error) {
        const isAway = error instanceof HostError && AWAY.has(error.token);
        if (!isAway || signal.aborted || performance.now() >= until) throw error;
        await wait(RELOAD_LOOK_MS, signal);
      }
    }
  }

  /** Ends the connections of all hosts but these. */
  retain(keys: ReadonlySet<string>): void {
    for (const [key, entry] of this.#entries) {
      if (keys.has(key)) continue;
      this.#entries.delete(key);
      end(entry);
    }
  }

  #entryOf(key: string, target: SshTarget): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const entry: Entry = { target, session: null, tries: 0, failure: null, users: 0, idle: undefined };
    this.#entries.set(key, entry);
    return entry;
  }

  async #session(entry: Entry): Promise<Session> {
    if (entry.session !== null) return entry.session;
    if (entry.failure !== null) throw new HostError(entry.failure);
    if (entry.tries >= TRIES_PER_ROUND) throw new HostError("CONNECTION_LOST");
    entry.tries += 1;
    const opening = this.#gate(() => this.#open(entry.target));
    entry.session = opening;
    try {
      const session = await opening;
      adopt(entry, opening, session);
      return session;
    } catch (error) {
      entry.session = null;
      if (error instanceof HostError) entry.failure = error.token;
      throw error;
    }
  }

  async #open(target: SshTarget): Promise<Session> {
    return openSession(await connect(target, this.#credentials(target.credentialRef)), target);
  }
}

/** Goes on with a session until it ends. */
function adopt(entry: Entry, opening: Promise<Session>, session: Session): void {
  entry.session = opening;
  void session.closed.then(() => {
    if (entry.session === opening) entry.session = null;
  });
}

function end(entry: Entry): void {
  const { session } = entry;
  entry.session = null;
  clearTimeout(entry.idle);
  void session?.then(
    (open) => open.close(),
    () => {}, // it never came up
  );
}
