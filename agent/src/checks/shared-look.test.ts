import { expect, it } from "vitest";
import { HostError } from "../errors.ts";
import type { Host } from "../transports/host.ts";
import { absent, type HostFile, type HostFiles, unreadable } from "../transports/host-files.ts";
import { shareLooks } from "./shared-look.ts";

/** A host that notes what it is asked, and answers in the order of the lists. */
function makeHost(answers: {
  readonly read?: readonly HostFile[];
  readonly run?: readonly ("ok" | "lost")[];
}) {
  const asked: string[] = [];
  const read = [...(answers.read ?? [])];
  const run = [...(answers.run ?? [])];
  const files = {
    read: async (path: string) => (asked.push(`read ${path}`), read.shift() ?? absent(path)),
    stat: async (path: string) => (asked.push(`stat ${path}`), absent(path)),
    list: async (glob: string) => (asked.push(`list ${glob}`), { paths: [], error: null }),
  } satisfies Partial<HostFiles>;
  const host = {
    practice: false,
    files: files as unknown as HostFiles,
    run: async (argv: readonly string[]) => {
      asked.push(argv.join(" "));
      if (run.shift() === "lost") throw new HostError("CONNECTION_LOST");
      return { code: 0, stdout: Buffer.from("out"), stderr: Buffer.alloc(0) };
    },
  } satisfies Host;
  return { host, asked };
}

it("asks a host once for what several checks look at", async () => {
  const { host, asked } = makeHost({});
  const share = shareLooks();
  const looks = [share(host), share(host)];
  await Promise.all(looks.map((look) => look.files.read("/a")));
  for (const look of looks) {
    await look.files.stat("/a");
    await look.files.list("/a*");
    expect(String((await look.run(["/b", "c d"])).stdout)).toBe("out");
  }
  await looks[0]?.run(["/b", "c", "d"]);
  expect(asked).toEqual(["read /a", "stat /a", "list /a*", "/b c d", "/b c d"]);
});

it("shares nothing that went wrong with whoever comes later", async () => {
  const file = absent("/a");
  const { host, asked } = makeHost({
    read: [unreadable("/a", "CONNECTION_LOST"), file],
    run: ["lost", "ok"],
  });
  const look = shareLooks()(host);
  expect((await look.files.read("/a")).error).toBe("CONNECTION_LOST");
  expect(await look.files.read("/a")).toEqual(file);
  await expect(look.run(["/b"])).rejects.toMatchObject({ token: "CONNECTION_LOST" });
  expect((await look.run(["/b"])).code).toBe(0);
  expect(asked).toHaveLength(4);
});

it("knows nothing of an earlier look", async () => {
  const { host, asked } = makeHost({});
  await shareLooks()(host).files.read("/a");
  await shareLooks()(host).files.read("/a");
  expect(asked).toHaveLength(2);
});
