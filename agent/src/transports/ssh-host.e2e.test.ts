import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { outputOf } from "../checks/program-output.ts";
import { makeCredential, readCredential } from "../state/credentials.ts";
import { describeFiles, describeMachine } from "../testdata/host-contract.ts";
import { type LabHost, noRoot } from "../testdata/lab-host.ts";
import { labHost, makeLabKey } from "../testdata/lab-key.ts";
import { noSshd, startSshd } from "../testdata/sshd.ts";
import { type Host, MAX_OUTPUT_BYTES, type Work } from "./host.ts";
import type { HostFiles } from "./host-files.ts";
import { Hosts } from "./hosts.ts";

const NOBODY = 65_534;
/** Log-in shells of accounts; sshd lets nobody in whose shell is not installed. */
const ACCOUNTS = {
  plain: "/bin/sh",
  bashful: "/bin/bash",
  fishy: "/usr/bin/fish",
  cshy: "/usr/bin/tcsh",
  closed: "/usr/sbin/nologin",
  chatty: "/run/chatty",
} as const;

let sshd: LabHost;
let credentials: string;
let hosts: Hosts;
let folder: string;

const skipped = noSshd === null ? "" : ` (skipped: ${noSshd})`;
const work = (): Work => ({ signal: AbortSignal.timeout(30_000), limitMs: 30_000 });
const at = (name: string): string => join(folder, name);
const run = (argv: readonly string[], user?: string) =>
  hosts.use(labHost(sshd, user === undefined ? {} : { user }), work(), (host) => host.run(argv));

/** Files that open the host anew for each thing, as checks do. */
const files: HostFiles = {
  read: (path) => opened(({ files: of }) => of.read(path)),
  stat: (path) => opened(({ files: of }) => of.stat(path)),
  list: (glob) => opened(({ files: of }) => of.list(glob)),
  write: (path, content) => opened(({ files: of }) => of.write(path, content)),
  setMode: (path, mode) => opened(({ files: of }) => of.setMode(path, mode)),
  remove: (path) => opened(({ files: of }) => of.remove(path)),
  sweep: (path) => opened(({ files: of }) => of.sweep(path)),
};

function opened<T>(task: (host: Host) => Promise<T>): Promise<T> {
  return hosts.use(labHost(sshd), work(), task);
}

describe.skipIf(noSshd !== null)(`a host behind a real sshd${skipped}`, () => {
  beforeAll(async () => {
    const chatty =
      "printf '#!/bin/sh\\necho Welcome\\nexec /bin/sh \"$@\"\\n' > /run/chatty; chmod 755 /run/chatty";
    sshd = await startSshd({ accounts: ACCOUNTS, prepare: chatty });
    credentials = makeLabKey(sshd);
    hosts = hostsWith(credentials);
  });

  afterAll(async () => {
    hosts.retain([]);
    await sshd.stop();
  });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "compline-remote-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describeFiles(() => ({ files, folder, at }));
  describeMachine(() => ({ files, folder, at }));

  describe("a program", () => {
    it("gives what it printed and how it ended, and a failure is no error", async () => {
      const { code, stdout, stderr } = await run(["/bin/sh", "-c", "echo one; echo two >&2; exit 3"]);
      expect([code, stdout.toString(), stderr.toString()]).toEqual([3, "one\n", "two\n"]);
    });

    it("gets its arguments as they are, a bare environment and no input", async () => {
      const words = ["it's", "$(id)", "", "-n", "two\nlines", "back\\slash", "日本"];
      const { stdout } = await run(["/usr/bin/printf", "%s\\0", ...words]);
      expect(stdout.toString()).toBe(words.map((word) => `${word}\0`).join(""));
      expect((await run(["/usr/bin/env"])).stdout.toString()).toBe(
        "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nLC_ALL=C\n",
      );
      expect((await run(["/bin/cat"])).stdout.length).toBe(0);
    });

    it("gives an output that is as large as it may be", async () => {
      const { stdout } = await run(["/usr/bin/head", "-c", String(MAX_OUTPUT_BYTES), "/dev/zero"]);
      expect(stdout.length).toBe(MAX_OUTPUT_BYTES);
    });

    it.each([
      ["OUTPUT_TOO_LARGE", ["/usr/bin/yes"]],
      ["PROGRAM_MISSING", ["/usr/bin/no-such-program"]],
      ["NEEDS_PRIVILEGE", ["/etc/passwd"]],
      ["ARGUMENT_REFUSED", ["id"]],
      ["ARGUMENT_REFUSED", ["/usr/bin/printf", "a\0b"]],
    ])("that gives no output is %s", async (token, argv) => {
      await expect(run(argv)).rejects.toMatchObject({ token });
    });

    it.each([
      ["OUTPUT_NOT_TEXT", ["/usr/bin/printf", "\\377"], null],
      ["OUTPUT_TOO_LARGE", ["/usr/bin/yes"], null],
      [null, ["/usr/bin/true"], ""],
    ])("becomes a row of its check's output: %s", async (error, argv, text) => {
      const row = await opened((host) => outputOf(host, argv));
      expect(row).toMatchObject({ argv, error, text });
    });

    it("that hangs is given up when its time is up, ends on the host, and holds up nothing else", async () => {
      const limit = { signal: AbortSignal.timeout(1_000), limitMs: 1_000 };
      const argv = ["/bin/sleep", "765432"];
      const hanging = failureOf(hosts.use(labHost(sshd), limit, (host) => host.run(argv)));
      expect((await run(["/bin/echo", "meanwhile"])).stdout.toString()).toBe("meanwhile\n");
      expect(await hanging).toMatchObject({ token: "TIMEOUT" });
      for (let left = "765432"; left !== ""; )
        left = (await run(["/bin/sh", "-c", SLEEPERS])).stdout.toString();
    });

    it("that was given up leaves the connection to the others", async () => {
      const before = connections();
      await expect(run(["/usr/bin/yes"])).rejects.toMatchObject({ token: "OUTPUT_TOO_LARGE" });
      await run(["/usr/bin/true"]);
      expect(connections()).toBe(before);
    });
  });

  describe("a connection", () => {
    it("is one for all that is done at the same time", async () => {
      const before = connections();
      const other = hostsWith(credentials);
      const look = () => other.use(labHost(sshd), work(), (host) => host.run(["/bin/echo", "x"]));
      const answers = await Promise.all(Array.from({ length: 40 }, look));
      expect(answers.every(({ stdout }) => stdout.toString() === "x\n")).toBe(true);
      expect(connections()).toBe(before + 1);
      other.retain([]);
    });

    it("that broke is made once more in a round, and again in the next", async () => {
      const other = hostsWith(credentials);
      const cut = () =>
        other.use(labHost(sshd), work(), (host) =>
          host.run(["/bin/sh", "-c", "kill -9 $(ps -o ppid= -p $PPID)"]),
        );
      const look = () => other.use(labHost(sshd), work(), (host) => host.run(["/bin/echo", "x"]));
      await expect(cut()).rejects.toMatchObject({ token: "CONNECTION_LOST" });
      expect((await look()).code).toBe(0);
      await expect(cut()).rejects.toMatchObject({ token: "CONNECTION_LOST" });
      await expect(look()).rejects.toMatchObject({ token: "CONNECTION_LOST" });
      other.beginRound(labHost(sshd));
      expect((await look()).code).toBe(0);
      other.retain([]);
    });

    it("is ended when its host is no longer assigned", async () => {
      const other = hostsWith(credentials);
      const argv = ["/bin/sleep", "654321"];
      const running = failureOf(other.use(labHost(sshd), work(), (host) => host.run(argv)));
      await other.use(labHost(sshd), work(), (host) => host.run(["/usr/bin/true"]));
      other.retain([]);
      expect(await running).toMatchObject({ token: "CONNECTION_LOST" });
    });

    it.each([
      [
        "HOST_KEY_MISMATCH",
        { hostKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGBkGk0xeVm0bqYLvZcl4nJNoXwH2PLQzZkXcVgHqHhS"] },
      ],
      ["HOST_KEY_MISMATCH", { hostKeys: [`ssh-rsa ${"A".repeat(80)}`] }],
      ["AUTH_REFUSED", { user: "no-such-account" }],
      ["AUTH_REFUSED", { credentialRef: "other" }],
      ["CREDENTIAL_MISSING", { credentialRef: "missing" }],
      ["CREDENTIAL_INVALID", { credentialRef: "garbage" }],
      ["CREDENTIAL_INVALID", { credentialRef: "open" }],
      ["HOST_UNREACHABLE", { port: 1 }],
      ["HOST_NAME_UNKNOWN", { address: "no-such-host.invalid" }],
    ])("that cannot be made is %s (%j)", async (token, changes) => {
      writeCredentials();
      const used = hosts.use(labHost(sshd, changes), work(), (host) => host.run(["/usr/bin/true"]));
      await expect(used).rejects.toMatchObject({ token });
    });

    it("is given up when something else than SSH listens, or nothing ever answers", async () => {
      const sockets: Socket[] = [];
      const http = await listen((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
      const silent = await listen((socket) => void sockets.push(socket));
      const reach = (server: Server) => {
        const address = server.address();
        const port = typeof address === "object" ? address?.port : undefined;
        return hosts.use(labHost(sshd, port === undefined ? {} : { port }), work(), (host) =>
          host.run(["/usr/bin/true"]),
        );
      };
      await expect(reach(http)).rejects.toMatchObject({ token: "HOST_UNREACHABLE" });
      await expect(reach(silent)).rejects.toMatchObject({ token: "TIMEOUT" });
      for (const socket of sockets) socket.destroy();
      http.close();
      silent.close();
    });
  });

  describe.skipIf(noRoot !== null)(`another account${noRoot === null ? "" : ` (skipped: ${noRoot})`}`, () => {
    describe.each(["fishy", "cshy"] as const)("with the shell of %s", (user) => {
      it.skipIf(!existsSync(ACCOUNTS[user]))("is refused with SHELL_NOT_POSIX", async () => {
        await expect(run(["/usr/bin/true"], user)).rejects.toMatchObject({ token: "SHELL_NOT_POSIX" });
      });
    });

    it.each([
      ["SHELL_NOT_POSIX", "closed"],
      ["SHELL_PRINTS", "chatty"],
    ])("is refused with %s: %s", async (token, user) => {
      await expect(run(["/usr/bin/true"], user)).rejects.toMatchObject({ token });
    });

    it.each(["plain", "bashful"])(
      "has only its own rights, and what it may not see is no fail (%s)",
      async (user) => {
        chmodSync(folder, 0o755);
        writeFileSync(at("secret"), "x");
        chmodSync(at("secret"), 0o600);
        mkdirSync(at("closed"), { mode: 0o700 });
        mkdirSync(at("own"));
        chownSync(at("own"), NOBODY, NOBODY);
        await hosts.use(labHost(sshd, { user }), work(), async ({ files: of }) => {
          expect(await of.read(at("secret"))).toMatchObject({ found: true, error: "NEEDS_PRIVILEGE" });
          expect(await of.read(at("closed/file"))).toMatchObject({ found: true, error: "NEEDS_PRIVILEGE" });
          expect(await of.list(at("closed/*"))).toEqual({ paths: [], error: "NEEDS_PRIVILEGE" });
          const content = { bytes: Buffer.from("mine"), mode: 0o640 };
          for (const path of [at("secret"), at("closed/file"), at("new")])
            await expect(of.write(path, content)).rejects.toMatchObject({ token: "NEEDS_PRIVILEGE" });
          await expect(of.setMode(at("secret"), 0o644)).rejects.toMatchObject({ token: "NEEDS_PRIVILEGE" });
          await of.write(at("own/file"), content);
        });
        expect(statSync(at("own/file"))).toMatchObject({ uid: NOBODY, mode: 0o100640 });
        expect(readdirSync(folder)).toEqual(["closed", "own", "secret"]);
        expect(readFileSync(at("secret"), "utf8")).toBe("x");
      },
    );

    it("keeps the owner of a file that root replaces", async () => {
      writeFileSync(at("file"), "old");
      chownSync(at("file"), NOBODY, NOBODY);
      await files.write(at("file"), { bytes: Buffer.from("new"), mode: 0o600 });
      expect(statSync(at("file"))).toMatchObject({ uid: NOBODY, gid: NOBODY, mode: 0o100600 });
    });
  });
});

/** What is left of the program that hangs; the shell that looks is not counted. */
const SLEEPERS = "ps -eo args= | grep '^/bin/sleep 76543[2]' || true";

function hostsWith(credentials: string): Hosts {
  return new Hosts({ folder, credentials: (name) => readCredential(credentials, name) });
}

/** What it fails with; listened to from the start, however much later it is looked at. */
function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

/** How often somebody logged in. */
function connections(): number {
  return sshd.log().split("Accepted publickey for").length - 1;
}

function writeCredentials(): void {
  const at = (name: string): string => join(credentials, name);
  writeFileSync(at("garbage"), "no key", { mode: 0o600 });
  writeFileSync(at("open"), readFileSync(at("lab")), { mode: 0o644 });
  makeCredential(credentials, "other");
}

function listen(onSocket: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer(onSocket);
    server.listen(0, "127.0.0.1", () => resolve(server));
  });
}
