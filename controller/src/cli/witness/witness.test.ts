import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cosignaturesOf, NOTE_TYPES, readCheckpoint, readVerifierKey } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { host, makeApi, partnerId, type TestApi } from "../../api/testdata/api.ts";
import { nodeEngine } from "../../crypto.ts";
import { makeRepository, type TestRepository } from "../../source/testdata/repository.ts";
import { ExitCode } from "../exit-code.ts";
import { witnessInit } from "./key.ts";
import { witness } from "./witness.ts";
import { openSigner } from "../../testdata/signer.ts";

const origin = "log.example/p";
const name = "witness.example/acme";
const file = `witness/acme/${name}/checkpoint`;

/** A controller's log: its real routes over a real store, and the signer of its checkpoints. */
interface TestLog {
  readonly api: TestApi;
  /** Adds bundles and signs. */
  grow(count: number): Promise<void>;
}

async function makeLog(keys: string): Promise<TestLog> {
  const api = await makeApi();
  const signer = await openSigner(api.store, api.folder, { keys });
  let seq = 0;
  const grow = async (count: number): Promise<void> => {
    for (const end = seq + count; seq < end; seq++) {
      const { bytes } = await api.mine.seal(seq);
      const headers = { host, "content-type": "application/json" };
      await api.app.inject({ method: "POST", url: "/v1/evidence", headers, payload: Buffer.from(bytes) });
    }
    await signer.sign([origin]);
  };
  return { api, grow };
}

describe("a witness", () => {
  let folder: string;
  let repository: TestRepository;
  let log: TestLog;
  /** What answers at the log's address. */
  let shown: TestLog;
  let server: Server;
  let address: string;
  let printed: string;
  let key: string;

  beforeEach(async () => {
    printed = "";
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, "write").mockImplementation((text) => {
        printed += String(text);
        return true;
      });
    folder = await mkdtemp(join(tmpdir(), "compline-witness-"));
    key = join(folder, "witness.key");
    repository = await makeRepository();
    shown = log = await makeLog(join(folder, "keys"));
    server = createServer((request, response) => {
      void shown.api.app.inject({ url: request.url ?? "", headers: { host } }).then((answer) => {
        response.writeHead(answer.statusCode).end(answer.rawPayload);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/log/${partnerId}`;
    await log.grow(3);
    await witnessInit({ key, name });
    await declare(`      - vkey: ${printed.split("\n")[0]}`);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    server.close();
    await log.api.close();
    if (shown !== log) await shown.api.close();
    await repository.remove();
    await rm(folder, { recursive: true });
  });

  async function declare(...witnesses: readonly string[]): Promise<void> {
    const vkey = (await log.api.store.checkpoint(origin))?.vkey;
    await repository.commit({
      "sites/acme/partner.yaml": `apiVersion: compline.dev/v1
kind: Partner
metadata:
  name: acme
spec:
  id: ${partnerId}
  displayName: Acme
  log:
    origin: ${origin}
    vkey: ${vkey}
${["    witnesses:", ...witnesses].join("\n")}
`,
    });
  }

  const run = async (place = address) => await witness({ log: place, repo: repository.folder, key });
  const head = async () => (await repository.git.raw("rev-parse", "HEAD")).trim();
  const committed = async (path: string) => Buffer.from(await repository.git.raw("show", `HEAD:${path}`));

  /** The size that the witness's file in the repository is cosigned for. */
  async function cosignedSize(): Promise<number | null> {
    const read = readCheckpoint(await committed(file));
    const witnessKey = readVerifierKey(printedVkey(), NOTE_TYPES.cosignature);
    if (!read.ok || !witnessKey.ok) return null;
    const cosignatures = await cosignaturesOf(read.value, [witnessKey.value], nodeEngine());
    return cosignatures.length === 1 ? read.value.size : null;
  }

  const printedVkey = (): string => /^witness\.example\/acme\+\S+$/m.exec(printed)?.[0] ?? "";

  test("cosigns and commits what it sees first, and then what follows on", async () => {
    expect(await run()).toBe(ExitCode.clean);
    expect(await cosignedSize()).toBe(3);
    await log.grow(30);
    expect(await run()).toBe(ExitCode.clean);
    expect(await cosignedSize()).toBe(33);
    expect(printed).toContain("they begin with the 3 it saw before");
    expect((await repository.git.raw("status", "--porcelain")).trim()).toBe("");
  });

  test("commits nothing when nothing was added", async () => {
    await run();
    const before = await head();
    expect(await run()).toBe(ExitCode.clean);
    expect(await head()).toBe(before);
  });

  test("reads a log that is a folder", async () => {
    await run();
    await log.grow(2);
    const place = join(folder, "log");
    await mkdir(join(place, "tile/0"), { recursive: true });
    await mkdir(join(place, "tile/0/000.p"));
    for (const path of ["checkpoint", "tile/0/000.p/5"])
      await writeFile(
        join(place, path),
        Buffer.from(await (await fetch(`${address}/${path}`)).arrayBuffer()),
      );
    expect(await run(place)).toBe(ExitCode.clean);
    expect(await cosignedSize()).toBe(5);
  });

  test.each([
    ["ROLLED_BACK", 2],
    ["SPLIT_VIEW", 3],
    ["SPLIT_VIEW", 7],
  ])(
    "refuses with %s a log of another past with %i leaves, shows both and keeps it once",
    async (code, size) => {
      await run();
      const before = await committed(file);
      shown = await makeLog(join(folder, "keys"));
      await shown.grow(size);
      expect(await run()).toBe(ExitCode.unverified);
      expect(printed).toContain(`REFUSED (${code})`);
      expect(printed).toMatch(
        new RegExp(`cosigned last:\n  ${origin}\n  3\n[^]*shown now:\n  ${origin}\n  ${size}\n`),
      );
      const [path = ""] = /witness\/acme\/\S+\/refused\/[^.\s]+/.exec(printed) ?? [];
      const kept = readCheckpoint(await committed(path));
      expect(kept).toMatchObject({ ok: true, value: { size } });
      expect(await committed(file)).toEqual(before);
      const after = await head();
      expect(await run()).toBe(ExitCode.unverified);
      expect(await head()).toBe(after);
    },
  );

  test("refuses a log that is signed by another key, and keeps nothing of it", async () => {
    await run();
    const before = await head();
    shown = await makeLog(join(folder, "other-keys"));
    await shown.grow(4);
    expect(await run()).toBe(ExitCode.unverified);
    expect(printed).toContain("REFUSED (BAD_CHECKPOINT_SIGNATURE)");
    expect(await head()).toBe(before);
  });

  test("does not begin anew when its file was removed or replaced", async () => {
    await run();
    const own = await readFile(join(repository.folder, file), "utf8");
    const withoutOwn = own.trimEnd().split("\n").slice(0, -1).join("\n");
    for (const text of [`${withoutOwn}\n`, null]) {
      await repository.commit({ [file]: text });
      await expect(run()).rejects.toMatchObject({ exit: "unverified" });
    }
  });

  test("asks what is committed, not what lies in the folder", async () => {
    await run();
    await repository.put(file, "");
    await log.grow(1);
    expect(await run()).toBe(ExitCode.clean);
    expect(await cosignedSize()).toBe(4);
  });

  test("needs a key that is declared, which init makes for its owner alone and never twice", async () => {
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    await expect(witnessInit({ key, name })).rejects.toMatchObject({ exit: "usage" });
    await expect(witnessInit({ key: `${key}2`, name: "../x" })).rejects.toMatchObject({ exit: "usage" });
    await witnessInit({ key: `${key}2`, name });
    await expect(witness({ log: address, repo: repository.folder, key: `${key}2` })).rejects.toThrow(
      "none of spec.log.witnesses",
    );
  });

  test("says what it could not read", async () => {
    await expect(run(`${address}/nowhere`)).rejects.toThrow("/checkpoint: the answer is 404");
    await expect(run(join(folder, "nowhere"))).rejects.toMatchObject({ exit: "failed" });
  });
});
