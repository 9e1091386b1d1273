import { describe, expect, test } from "vitest";
import { Collected } from "./collected.ts";
import type { Facts, RawFile } from "./raw-file.ts";
import { parseSshdConfig } from "./sshd-config.ts";
import { hasWildcard, matchesGlob } from "./wildcard.ts";

const main = "/etc/ssh/sshd_config";

function row(path: string, text: string | null, found = true): RawFile {
  return { path, found, text, mode: null, uid: null, gid: null, modifiedAt: null, error: null };
}

/** Parses a tree of files as if the shell had collected all that was asked for. */
function parse(files: Readonly<Record<string, string>>): ReturnType<typeof parseSshdConfig> {
  const rows = new Map(Object.entries(files).map(([path, text]) => [path, row(path, text)]));
  for (let round = 0; round < 20; round += 1) {
    const collected = new Collected({ files: [...rows.values()], outputs: [] });
    const result = parseSshdConfig(collected.find(main), collected);
    const obstacle = collected.obstacle();
    if (obstacle?.kind !== "need") return obstacle ?? result;
    for (const name of [...obstacle.needs.paths, ...obstacle.needs.globs]) {
      const found = hasWildcard(name) && Object.keys(files).some((path) => matchesGlob(name, path));
      rows.set(name, row(name, null, found));
    }
  }
  throw new Error("no end of needs");
}

function facts(files: Readonly<Record<string, string>>): Facts {
  const result = parse(files);
  if (result.kind !== "facts") throw new Error(JSON.stringify(result));
  return result.facts;
}

describe("a line", () => {
  test.each([
    ["PermitRootLogin no", "no"],
    ["permitrootlogin NO", "NO"],
    ["  PermitRootLogin\tno  ", "no"],
    ["PermitRootLogin=no", "no"],
    ["PermitRootLogin = no", "no"],
    ['PermitRootLogin "no"', "no"],
    ["PermitRootLogin 'no'", "no"],
    ["PermitRootLogin no # for good", "no"],
    ["PermitRootLogin no\r", "no"],
    ["PermitRootLogin", ""],
    ["#PermitRootLogin yes\nPermitRootLogin no", "no"],
    ["  # PermitRootLogin yes\nPermitRootLogin no", "no"],
  ])("%j sets %j", (text, value) => {
    expect(facts({ [main]: text })).toMatchObject({ settings: { permitrootlogin: value } });
  });

  test("several arguments are one value, and quotes may stand within one", () => {
    const text = `AllowGroups staff "night shift" 'x y'\nBanner /etc/"my issue"`;
    expect(facts({ [main]: text })).toMatchObject({
      settings: { allowgroups: "staff night shift x y", banner: "/etc/my issue" },
    });
  });

  test("a quote that stays open is a configuration sshd refuses", () => {
    expect(parse({ [main]: 'Banner "/etc/issue' })).toEqual({ kind: "error", reason: "SYNTAX_INVALID" });
  });

  test("ends at a NUL, as it does in C", () => {
    expect(facts({ [main]: 'PermitRootLogin yes\0# no\n\0PermitRootLogin no\nUsePAM\0 "' })).toMatchObject({
      settings: { permitrootlogin: "yes", usepam: "" },
    });
  });

  test("an older name means the setting it became", () => {
    const text = "ChallengeResponseAuthentication yes\nKbdInteractiveAuthentication no";
    expect(facts({ [main]: text })).toMatchObject({ settings: { kbdinteractiveauthentication: "yes" } });
  });
});

describe("the first value wins", () => {
  test("within a file", () => {
    const text = "PermitRootLogin no\nPermitRootLogin yes";
    expect(facts({ [main]: text })).toMatchObject({ settings: { permitrootlogin: "no" } });
  });

  const dropIns = {
    "/etc/ssh/sshd_config.d/10-a.conf": "PermitRootLogin no",
    "/etc/ssh/sshd_config.d/20-b.conf": "PermitRootLogin yes\nMaxAuthTries 3",
    "/etc/ssh/sshd_config.d/.hidden.conf": "MaxAuthTries 9",
    "/etc/ssh/sshd_config.d/note.txt": "MaxAuthTries 9",
  };

  test("with an Include before it, the drop-ins win, in order of their names", () => {
    const text = "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin prohibit-password\nMaxAuthTries 6";
    expect(facts({ ...dropIns, [main]: text })).toMatchObject({
      settings: { permitrootlogin: "no", maxauthtries: "3" },
      includes: ["/etc/ssh/sshd_config.d/*.conf"],
    });
  });

  test("with an Include after it, the file itself wins", () => {
    const text = "PermitRootLogin yes\nInclude sshd_config.d/*.conf";
    expect(facts({ ...dropIns, [main]: text })).toMatchObject({
      settings: { permitrootlogin: "yes", maxauthtries: "3" },
    });
  });
});

describe("Include", () => {
  test("takes several patterns, relative ones below /etc/ssh, and what matches nothing is no error", () => {
    const files = {
      [main]: "Include a.conf /etc/b.conf none.conf none.d/*",
      "/etc/ssh/a.conf": "Port 1",
      "/etc/b.conf": "UsePAM no",
    };
    expect(facts(files)).toMatchObject({ settings: { port: "1", usepam: "no" } });
  });

  test("is followed from included files", () => {
    const files = {
      [main]: "Include a.conf",
      "/etc/ssh/a.conf": "Include b.conf",
      "/etc/ssh/b.conf": "Port 7",
    };
    expect(facts(files)).toMatchObject({ settings: { port: "7" } });
  });

  test("asks for what is missing and goes on asking until all is there", () => {
    const collected = new Collected({
      files: [row(main, "Include a.conf b.d/*.conf\nInclude c.conf")],
      outputs: [],
    });
    parseSshdConfig(collected.find(main), collected);
    expect(collected.obstacle()).toEqual({
      kind: "need",
      needs: {
        paths: ["/etc/ssh/a.conf", "/etc/ssh/c.conf"],
        globs: ["/etc/ssh/b.d/*.conf"],
        modes: [],
        programs: [],
      },
    });
  });

  test("of a file that includes itself ends at depth 16", () => {
    const files = { [main]: "Include sshd_config" };
    expect(parse(files)).toEqual({ kind: "error", reason: "INCLUDE_TOO_DEEP" });
  });

  test("that doubles with each file ends at a bound on lines", () => {
    const files: Record<string, string> = { [main]: "Include 1.conf\nInclude 1.conf" };
    for (let depth = 1; depth < 16; depth += 1) {
      files[`/etc/ssh/${depth}.conf`] = `Include ${depth + 1}.conf\n`.repeat(8);
    }
    expect(parse(files)).toEqual({ kind: "error", reason: "FACTS_TOO_LARGE" });
  });

  test.each(["/etc/*/x.conf", "/etc/[ab].conf", "/etc/../shadow", "/etc/ssh/", "a\\*b"])(
    "of %s is more than the shell lists, and is said to be",
    (pattern) => {
      expect(parse({ [main]: `Include ${pattern}` })).toEqual({
        kind: "error",
        reason: "INCLUDE_UNSUPPORTED",
      });
    },
  );

  test("of a file that may not be read makes the whole an error, with that reason", () => {
    const secret: RawFile = { ...row("/etc/ssh/a.conf", null), error: "NEEDS_PRIVILEGE" };
    const collected = new Collected({ files: [row(main, "Include a.conf"), secret], outputs: [] });
    parseSshdConfig(collected.find(main), collected);
    expect(collected.obstacle()).toEqual({ kind: "error", reason: "NEEDS_PRIVILEGE" });
  });
});

describe("Match", () => {
  test("runs to the next Match, and leaves the global settings alone", () => {
    const text = "PermitRootLogin no\nMatch User backup\n PermitRootLogin yes\nMatch Group x\n Banner none";
    expect(facts({ [main]: text })).toMatchObject({
      settings: { permitrootlogin: "no" },
      conditional: [
        { criteria: "User backup", settings: { permitrootlogin: "yes" } },
        { criteria: "Group x", settings: { banner: "none" } },
      ],
    });
  });

  test("ends with its file", () => {
    const files = {
      [main]: "Include a.conf\nPermitRootLogin no",
      "/etc/ssh/a.conf": "Match User x\nPermitRootLogin yes",
    };
    expect(facts(files)).toMatchObject({
      settings: { permitrootlogin: "no" },
      conditional: [{ criteria: "User x", settings: { permitrootlogin: "yes" } }],
    });
  });

  test("holds what it includes, and a Match in there needs both", () => {
    const files = {
      [main]: "Match User x\nInclude a.conf\nBanner none",
      "/etc/ssh/a.conf": "PermitRootLogin yes\nMatch Host h\nMaxAuthTries 9\nMatch all\nPort 5",
    };
    expect(facts(files)).toMatchObject({
      settings: {},
      conditional: [
        { criteria: "User x", settings: { permitrootlogin: "yes", banner: "none", port: "5" } },
        { criteria: "User x and Host h", settings: { maxauthtries: "9" } },
      ],
    });
  });

  test("all is global again, and goes before global values like any block", () => {
    const text = "PermitRootLogin no\nMatch User x\nPort 5\nMatch all\nPermitRootLogin yes\nMaxAuthTries 3";
    expect(facts({ [main]: text })).toMatchObject({
      settings: { permitrootlogin: "no", maxauthtries: "3" },
      conditional: [
        { criteria: "User x", settings: { port: "5" } },
        { criteria: "all", settings: { permitrootlogin: "yes", maxauthtries: "3" } },
      ],
    });
  });
});

test("without the file there is nothing, and found says so", () => {
  expect(facts({})).toEqual({ found: false, settings: {}, conditional: [], includes: [] });
});
