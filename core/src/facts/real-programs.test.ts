import { spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, constantFrom, oneof, property, tuple } from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseAptConfig } from "./apt-config.ts";
import { Collected } from "./collected.ts";
import { parseLoginDefs } from "./line-files.ts";
import { packagesProgram, parsePackages } from "./package.ts";
import { parsePorts } from "./port.ts";
import type { Facts, FactsResult, RawFile } from "./raw-file.ts";
import { parseShellVariables } from "./shell-variables.ts";
import { parseSshdConfig } from "./sshd-config.ts";
import { parseSudoers } from "./sudoers.ts";
import { parseSysctlDirs } from "./sysctl-dirs.ts";

// What a parser is sure of must be what the program itself makes of the same file. Seeded, so that a run is repeatable.
const seed = 20261123;
const root = process.getuid?.() === 0;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-facts-"));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("bash agrees that TMOUT is set and read-only", () => {
  const values = ["600", '"600"', "0", "$((60*10))", "600x"];
  const simple = oneof(
    constantFrom(...values).map((value) => `TMOUT=${value}`),
    constantFrom("readonly", "export", "declare -r", "typeset -xr").map((word) => `${word} TMOUT=600`),
    constantFrom("readonly TMOUT", "unset TMOUT", "return", "true", "TMOUT=600 true", '"TMOUT=600"'),
    constantFrom("eval TMOUT=0", "read TMOUT <<< 0", "printf -v TMOUT 0", "let TMOUT=0", "TMOUT[0]=0"),
    constantFrom("TMOUT=(600)", ": ${TMOUT:=0}", "readonly -f TMOUT", "X=1 readonly TMOUT=600"),
    constantFrom('X=$(echo ")")', "X='", "(( 1 << 2 ))", "cat <<EOF >/dev/null", "EOF", "fi", "}"),
  );
  const around = constantFrom(
    "@",
    "@",
    "@",
    "if false; then\n@\nfi",
    "f() { @; }",
    "f() { @; }; f",
    "( @ )",
    "false && @",
    "true || @",
    "{ @; }",
    "@ | cat",
    "true |& @",
    "for TMOUT in 0; do @; done",
    "case a in b) @;; esac",
    "# @",
    "time @",
    "[ -z x ] || { @; }",
    "function f\n{\n@\n}",
    "[ -n x ] && return; @",
    "X=${Y:-'a'}; @",
  );
  const line = tuple(around, simple).map(([text, command]) => text.replace("@", () => command));
  const script = tuple(
    array(line, { minLength: 1, maxLength: 5 }),
    constantFrom("\n", "\n", "\n", "\r\n"),
  ).map(([lines, end]) => lines.join(end) + end);

  test.skipIf(!existsSync("/bin/bash"))("whatever else the files hold (needs /bin/bash)", () => {
    let sure = 0;
    assert(
      property(array(script, { minLength: 1, maxLength: 2 }), (scripts) => {
        const facts = factsOf(parseShellVariables(scripts.map((text, at) => fileOf(`/etc/${at}`, text))));
        const { settings, readonly, conditional } = facts as Readonly<Record<string, Facts>>;
        if (settings?.["TMOUT"] !== "600" || readonly?.["TMOUT"] !== true || conditional?.["TMOUT"]) return;
        sure += 1;
        const names = scripts.map((text, at) => write(`${at}.sh`, text));
        const input = `${names.map((name) => `. ${name}`).join("\n")}\ndeclare -p TMOUT\n`;
        const { stdout } = spawnSync("/bin/bash", ["--norc", "--noprofile"], { input, encoding: "utf8" });
        expect(stdout).toMatch(/^declare -\w*r\w* TMOUT="600"$/m);
      }),
      { seed, numRuns: 3000 },
    );
    expect(sure).toBeGreaterThan(100);
  });
});

describe("sudo agrees on its Defaults", () => {
  const program = "/usr/bin/cvtsudoers";
  const name = constantFrom("use_pty", "!use_pty", "! use_pty", "!!use_pty", "syslog", "!syslog");
  const value = constantFrom("15", "-1", '"5"', "/a", '"/a b,c#d"', "/a\\ b", "/a\\,b", "authpriv", '""');
  const list = constantFrom('env_keep += "A B"', "env_keep-=A", "env_keep -= A");
  const setting = tuple(
    constantFrom("timestamp_timeout", "logfile", "syslog"),
    constantFrom("=", " = ", "= ", "\t="),
    value,
  ).map((parts) => parts.join(""));
  const parameters = array(oneof(name, setting, setting, list), { minLength: 1, maxLength: 3 });
  const joined = tuple(parameters, constantFrom(",", ", ", " ,", ",\\\n", " , ", ",\\\n  ")).map(
    ([each, between]) => each.join(between),
  );
  const scoped = constantFrom(
    "Defaults:bob ",
    "Defaults:%sudo,bob ",
    "Defaults@a, b ",
    "Defaults!/bin/a ",
    "Defaults>root ",
  );
  const head = oneof(constantFrom("Defaults ", "Defaults ", "Defaults\t", " Defaults  "), scoped);
  const end = constantFrom("", "", " ", "\t", " # c", "#c", " # c, use_pty", "\\", " \\");
  const defaults = tuple(head, joined, end).map((parts) => parts.join(""));
  const other = constantFrom(
    "",
    "# Defaults use_pty",
    "#\\",
    "root ALL=(ALL:ALL) ALL",
    "%sudo ALL=(ALL) NOPASSWD: ALL",
  );
  const text = array(oneof(defaults, defaults, other), { minLength: 1, maxLength: 5 }).map(
    (lines) => `${lines.join("\n")}\n`,
  );

  test.skipIf(!existsSync(program))("whatever else the file holds (needs cvtsudoers)", () => {
    let sure = 0;
    assert(
      property(text, (sudoers) => {
        const result = parseSudoers(
          [fileOf("/etc/sudoers", sudoers)],
          new Collected({ files: [], outputs: [] }),
        );
        const { stdout, status } = spawnSync(program, ["-f", "json", "-"], {
          input: sudoers,
          encoding: "utf8",
        });
        if (status !== 0 || result.kind !== "facts") return;
        sure += 1;
        const { settings, conditional } = result.facts as {
          settings: Facts;
          conditional: readonly { settings: Facts }[];
        };
        const said = readDefaults(stdout);
        expect(settings).toEqual(
          Object.assign({}, ...said.filter(({ bound }) => !bound).map(({ options }) => options)),
        );
        expect(conditional.map((each) => each.settings)).toEqual(
          said.filter(({ bound }) => bound).map(({ options }) => options),
        );
      }),
      { seed, numRuns: 300 },
    );
    expect(sure).toBeGreaterThan(100);
  });

  interface Said {
    readonly Defaults?: readonly { Binding?: unknown; Options: readonly Record<string, unknown>[] }[];
  }

  /** What is done to lists is left out: our parser does so, too. */
  function readDefaults(json: string) {
    return ((JSON.parse(json === "" ? "{}" : json) as Said).Defaults ?? []).map(({ Binding, Options }) => ({
      bound: Binding !== undefined,
      options: Object.fromEntries(
        Options.filter(({ operation }) => operation === undefined)
          .flatMap((option) => Object.entries(option))
          .map(([name, value]) => [name, String(value)]),
      ),
    }));
  }
});

describe("sshd agrees on the values of its configuration", () => {
  const sshd = "/usr/sbin/sshd";
  // Printing a configuration wants the server's host keys.
  const able = root && existsSync(sshd) && spawnSync(sshd, ["-T"]).status === 0;
  const asked = ["permitrootlogin", "passwordauthentication", "kbdinteractiveauthentication"];
  const keyword = constantFrom(
    "PermitRootLogin",
    "permitrootlogin",
    '"PermitRootLogin"',
    "PasswordAuthentication",
    "KbdInteractiveAuthentication",
    "ChallengeResponseAuthentication",
  );
  const separator = constantFrom(" ", " ", " ", "\t", "=", " = ", " =", "\f", "==", "\u00a0");
  const value = constantFrom("no", "no", "yes", '"no"', "'yes'", 'n"o"', "NO", "\\no", '"no');
  const tail = constantFrom("", "", "", " ", "\t", "\r", " # c", "#c", " yes", "\f", "\0 yes");
  const setting = tuple(keyword, separator, value, tail).map((parts) => parts.join(""));
  const match = constantFrom(
    "Match all",
    "Match user root",
    "match  ALL",
    "Match=user root,bob",
    "Match User !bob,*",
  );
  const include = constantFrom(
    "Include $/a.conf",
    "Include $/*.conf",
    'include="$/a.conf"',
    "Include $/none",
  );
  const lines = array(oneof({ weight: 5, arbitrary: setting }, match, include), { maxLength: 6 });
  const users = ["", "user=root,host=h,addr=192.0.2.1", "user=bob,host=h,addr=192.0.2.1"];

  test.skipIf(!able)("as far as the parser is sure (needs root and openssh-server)", () => {
    let sure = 0;
    assert(
      property(lines, array(oneof(setting, match), { maxLength: 3 }), (main, included) => {
        write("a.conf", included.join("\n"));
        const text = main.join("\n").replaceAll("$", folder);
        const result = parseSshdConfig([fileOf("/etc/ssh/sshd_config", text)], includedFiles());
        if (result.kind !== "facts") return;
        const file = write("main", text);
        const printed = users.map((user) =>
          spawnSync(sshd, ["-T", "-f", file, ...(user === "" ? [] : ["-C", user])], { encoding: "utf8" }),
        );
        if (printed.some(({ status }) => status !== 0)) return; // sshd takes none of it
        const { settings, conditional } = result.facts as {
          settings: Facts;
          conditional: { settings: Facts }[];
        };
        for (const name of asked) {
          const blocks = conditional.flatMap((block) => block.settings[name] ?? []);
          const known = settings[name];
          if (typeof known !== "string" || blocks.some((other) => other !== known)) continue;
          sure += 1;
          for (const { stdout } of printed) expect(stdout).toContain(`\n${name} ${known.toLowerCase()}\n`);
        }
      }),
      { seed, numRuns: 200 },
    );
    expect(sure).toBeGreaterThan(20);
  });

  function includedFiles(): Collected {
    const path = join(folder, "a.conf");
    const glob = { ...fileOf(join(folder, "*.conf"), ""), text: null };
    const none = { ...fileOf(join(folder, "none"), ""), found: false, text: null };
    return new Collected({ files: [fileOf(path, readFileSync(path, "utf8")), glob, none], outputs: [] });
  }
});

describe("systemd-sysctl agrees on what it would set", () => {
  const program = "/usr/lib/systemd/systemd-sysctl";
  const asked = ["net.ipv4.conf.all.accept_redirects", "net.ipv4.conf.default.accept_redirects"];
  const able = existsSync(program) && existsSync("/proc/sys/net/ipv4/conf/default");
  const key = constantFrom(
    ...asked,
    "net/ipv4/conf/all/accept_redirects",
    "-net.ipv4.conf.all.accept_redirects",
    "net.ipv4.conf.*.accept_redirects",
    "net.ipv4.conf.d*.accept_redirects",
    "net.ipv4.*.all.accept_redirects",
    "/net//ipv4/./conf/all/accept_redirects/",
    "\ufeffnet.ipv4.conf.all.accept_redirects",
    "-net.ipv4.conf.*.accept_redirects",
  );
  const value = constantFrom(" = 0", "=1", " =\t0 ", "", "=0 # c", " = 1\r", "= 0\u00a0");
  const lead = constantFrom("", "", "", " ", "# ", ";", "# c\r", "\v");
  const lines = array(
    tuple(lead, key, value).map((parts) => parts.join("")),
    { minLength: 1, maxLength: 6 },
  );

  // Not as root, so that nothing is set: it says what it tries, and may not.
  test.skipIf(!able)("to the last digit (needs systemd)", () => {
    assert(
      property(lines, (some) => {
        const text = `${some.join("\n")}\n`;
        const facts = factsOf(parseSysctlDirs([fileOf("/etc/sysctl.d/a.conf", text)], asked));
        const env = { SYSTEMD_LOG_LEVEL: "debug", SYSTEMD_LOG_TARGET: "console" };
        const user = root ? { uid: 65_534, gid: 65_534 } : {};
        const file = write("sysctl.conf", text);
        const { stderr } = spawnSync(program, [file], { encoding: "utf8", env, ...user });
        for (const name of asked) {
          const path = `/proc/sys/${name.replaceAll(".", "/")}`;
          const tries = [...stderr.matchAll(/^Setting '([^']*)' to '([^']*)'/gm)].filter(
            ([, to]) => to === path,
          );
          expect((facts["settings"] as Facts)[name], text).toBe(tries.at(-1)?.[2]);
        }
      }),
      { seed, numRuns: 150 },
    );
  });
});

describe("useradd agrees on what a new account gets", () => {
  const value = constantFrom(
    "60",
    '"60"',
    '"60 "',
    "60\r",
    "60\u00a0",
    '60"',
    "-1",
    "60 # c",
    "0x3c",
    '"60"x',
    "\v60",
  );
  const name = constantFrom(
    "PASS_MAX_DAYS",
    "PASS_MAX_DAYS",
    "pass_max_days",
    "#PASS_MAX_DAYS",
    " PASS_MAX_DAYS",
  );
  const lines = array(
    tuple(name, constantFrom(" ", "\t", "=", ' "'), value).map((parts) => parts.join("")),
    {
      minLength: 1,
      maxLength: 4,
    },
  );

  test.skipIf(!root || !existsSync("/usr/sbin/useradd"))(
    "in a folder of its own (needs root and useradd)",
    () => {
      assert(
        property(lines, (some) => {
          const etc = join(folder, "tree/etc");
          rmSync(join(folder, "tree"), { recursive: true, force: true });
          mkdirSync(etc, { recursive: true });
          for (const file of ["passwd", "shadow", "group", "gshadow"]) writeFileSync(join(etc, file), "");
          const text = `${some.join("\n")}\n`;
          writeFileSync(join(etc, "login.defs"), text);
          spawnSync("/usr/sbin/useradd", ["--prefix", join(folder, "tree"), "-M", "someone"]);
          const given = readFileSync(join(etc, "shadow"), "utf8").split(":")[4];
          const known = (factsOf(parseLoginDefs([fileOf("/etc/login.defs", text)]))["settings"] as Facts)[
            "PASS_MAX_DAYS"
          ];
          const sure = typeof known === "string" && /^[1-9][0-9]*$/.test(known);
          expect(given, text).toBe(sure ? known : given);
        }),
        { seed, numRuns: 60 },
      );
    },
    60_000,
  );
});

describe("apt agrees on the values of its configuration", () => {
  const program = "/usr/bin/apt-config";
  const dump = (file: string): { status: number | null; stdout: string } =>
    spawnSync(program, ["dump", "--format", "%F=%v%n"], {
      encoding: "utf8",
      env: { APT_CONFIG: file, LC_ALL: "C" },
    });
  const name = constantFrom("Compline::A", "compline::a::B", "Compline", "Compline::C", "Compline::");
  const value = constantFrom('"1"', "2", '"x y"', '"// no"', '"{;}"', '"/* no"', '""', '"#"');
  const simple = tuple(name, constantFrom(" ", "\t", "\n"), value).map((parts) => `${parts.join("")};`);
  const line = oneof(
    { weight: 5, arbitrary: simple },
    tuple(name, simple, simple).map(([scope, first, second]) => `${scope} {\n${first} ${second} };`),
    tuple(name, value).map(([scope, entry]) => `${scope} { ${entry}; ${entry}; };`),
    constantFrom(
      "// c",
      "# c",
      "#",
      "/* c\n */",
      "/* Compline::A 3; */",
      "#clear Compline;",
      "#clear Compline::A;",
    ),
  );

  test.skipIf(!existsSync(program))(
    "in files of any form it takes (needs apt)",
    () => {
      let sure = 0;
      assert(
        property(array(line, { minLength: 1, maxLength: 6 }), (lines) => {
          const text = `${lines.join("\n")}\n`;
          const result = parseAptConfig([fileOf("/etc/apt/apt.conf", text)]);
          const printed = dump(write("apt.conf", text));
          if (result.kind !== "facts" || printed.status !== 0) return;
          const known = result.facts["settings"] as Readonly<Record<string, string>>;
          const theirs = new Map(
            [...printed.stdout.matchAll(/^(Compline[^=\n]*)=(.*)$/gim)]
              .map(([, key = "", said = ""]) => [key.toLowerCase(), said] as const)
              .filter(([key, said]) => !key.endsWith("::") && said !== ""),
          );
          const ours = Object.entries(known).filter(([, said]) => said !== "");
          expect(new Map(ours), text).toEqual(theirs);
          sure += 1;
        }),
        { seed, numRuns: 100 },
      );
      expect(sure).toBeGreaterThan(50);
    },
    60_000,
  );

  test.skipIf(!existsSync(program) || !existsSync("/etc/apt/apt.conf.d"))(
    "in this machine's own files",
    () => {
      const names = readdirSync("/etc/apt/apt.conf.d").toSorted();
      const files = names.map((file) => fileOf(join("/etc/apt/apt.conf.d", file), ""));
      const read = files.map((file) => ({ ...file, text: readFileSync(file.path, "utf8") }));
      const known = factsOf(parseAptConfig(read))["settings"] as Readonly<Record<string, string>>;
      const { stdout } = dump("/dev/null");
      // Apt itself turns its languages into a list when it starts.
      for (const [key, said] of Object.entries(known).filter(([key]) => key !== "acquire::languages"))
        expect(stdout.toLowerCase()).toContain(`\n${key}=${said.toLowerCase()}\n`);
    },
  );
});

describe("the kernel's own lists", () => {
  test.skipIf(!existsSync("/proc/net/tcp"))(
    "hold a socket while it waits, and where it can be reached (needs Linux)",
    async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const seen = (): readonly unknown[] => {
        const files = ["tcp", "tcp6"].map((name) => `/proc/net/${name}`).filter((path) => existsSync(path));
        const rows = files.map((path) => fileOf(path, readFileSync(path, "utf8")));
        const absent = { ...fileOf("/proc/net/tcp6", ""), found: false };
        const collected = new Collected({ files: [absent, ...rows], outputs: [] });
        return factsOf(parsePorts(["tcp"], collected))["sockets"] as readonly unknown[];
      };
      const ours = { protocol: "tcp", family: 4, port, reach: "loopback" };
      expect(seen()).toContainEqual(ours);
      server.close();
      await once(server, "close");
      expect(seen()).not.toContainEqual(ours);
    },
  );
});

describe("dpkg agrees on what is installed", () => {
  test.skipIf(!existsSync("/usr/bin/dpkg-query"))(
    "for packages that are there and that are not (needs dpkg)",
    () => {
      const names = ["dpkg", "base-files", "compline-no-such-package"];
      const [program = "", ...rest] = packagesProgram(names);
      const { stdout, status } = spawnSync(program, rest, { encoding: "utf8" });
      const output = { argv: packagesProgram(names), code: status, text: stdout, error: null };
      const facts = factsOf(parsePackages(names, new Collected({ files: [], outputs: [output] })));
      expect(facts["packages"]).toMatchObject({
        dpkg: { installed: true, version: expect.stringMatching(/^\d/) },
        "base-files": { installed: true },
        "compline-no-such-package": { installed: false, version: null },
      });
    },
  );
});

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o644 });
  return path;
}

function fileOf(path: string, text: string): RawFile {
  return { path, found: true, text, mode: null, uid: null, gid: null, modifiedAt: null, error: null };
}

function factsOf(result: FactsResult): Facts {
  return result.kind === "facts" ? result.facts : { settings: {}, readonly: {}, conditional: {} };
}
