import { describe, expect, test } from "vitest";
import { parseIni, parseSystemdConfig } from "./ini.ts";
import { factsIn, fileRow } from "./testdata/rows.ts";

describe("ini", () => {
  const settings = (...texts: string[]): unknown =>
    factsIn(parseIni(texts.map((text, at) => fileRow(`/etc/${at}.ini`, text))))["settings" as never];

  test("is sections, keys and values, and the last one wins over all files", () => {
    expect(settings("top = 1\n[a]\nx=1\r\n; c\n# c\n[b]\nx = two words \n", "[a]\nx=3\n")).toEqual({
      top: "1",
      "a.x": "3",
      "b.x": "two words",
    });
  });

  test("passes over what is neither", () => {
    expect(settings("[a\nx\n= 1\n[]\ny=\n")).toEqual({ ".y": "" });
  });
});

describe("a configuration of systemd's", () => {
  const main = "/etc/systemd/journald.conf";
  const seen = (files: Readonly<Record<string, string>>): unknown =>
    factsIn(
      parseSystemdConfig(
        Object.entries(files).map(([path, text]) => fileRow(path, text)),
        main,
      ),
    );

  test("takes drop-in files after the main file, in order of their names, whatever their folder", () => {
    expect(
      seen({
        "/etc/systemd/journald.conf.d/b.conf": "[Journal]\nStorage=auto\n",
        "/usr/lib/systemd/journald.conf.d/c.conf": "[Journal]\nStorage=none\n",
        "/usr/lib/systemd/journald.conf.d/a.conf": "[Journal]\nStorage=volatile\nSeal=no\n",
        [main]: "[Journal]\nStorage=persistent\nCompress=yes\n",
      }),
    ).toEqual({
      found: true,
      settings: { "Journal.Storage": "none", "Journal.Seal": "no", "Journal.Compress": "yes" },
    });
  });

  test("takes of two drop-in files with one name the one of the folder named first, also when it is empty", () => {
    expect(
      seen({
        "/etc/systemd/journald.conf.d/a.conf": "",
        "/usr/lib/systemd/journald.conf.d/a.conf": "[Journal]\nStorage=none\n",
      }),
    ).toEqual({ found: true, settings: {} });
  });

  test("goes on after a backslash, over comments, and an empty value means the default", () => {
    const text = "NoSection=1\n[Time]\nNTP=a \\\n# c\n  b\nFallbackNTP=c\nFallbackNTP=\n[journal]\nx=1\\\n";
    expect(seen({ [main]: text })).toEqual({
      found: true,
      settings: { "Time.NTP": "a    b", "journal.x": "1" },
    });
  });
});
