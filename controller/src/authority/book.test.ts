import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuthorityEventDetail, SealedEnvelope } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Judged, judgeEnvelopes } from "../api/judge.ts";
import { loadAssignmentKey } from "../config/assignment-key.ts";
import { nodeEngine } from "../crypto.ts";
import { inHistory } from "../reconcile/accept.ts";
import { Loader } from "../reconcile/load.ts";
import { Reconciler } from "../reconcile/reconciler.ts";
import { Mirror } from "../source/mirror.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { makeAppliance } from "../testdata/appliance.ts";
import { makeAuthority, type TestAuthority } from "../testdata/authority.ts";
import { libraryFiles, loggedPartnerFiles } from "../testdata/desired.ts";
import type { AuthorityBook } from "./book.ts";
import { authorityBook, decisionRecall, reconcilerPorts } from "../testdata/reconciler.ts";

const box = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const other = makeAppliance("01J0000000000000000000BXA2", "01J000000000000000000S1TA2");
const partner = "01J000000000000000000PBXA1";
const partnerPath = "sites/acme/partner.yaml";
const boxPath = "sites/acme/shop/appliances/box.yaml";
const notePath = "sites/acme/decisions/note.md";

let authority: TestAuthority;
let next: TestAuthority;
let repository: TestRepository;
let folder: string;
let mirror: Mirror;
let store: Store;
let book: AuthorityBook;
let reconciler: Reconciler;
let files: Record<string, string>;

async function start(): Promise<void> {
  mirror = await Mirror.open(
    { name: "main", repository: repository.folder, branch: "main" },
    join(folder, "main.git"),
  );
  store = openSqliteStore(join(folder, "store.db"), "write");
  const source = { mirror, loader: new Loader(mirror) };
  book = authorityBook({ store, sources: [source] });
  reconciler = new Reconciler(
    reconcilerPorts({
      sources: [source],
      store,
      key: await loadAssignmentKey(join(folder, "assignment.key")),
      authority: book,
      recall: decisionRecall(book, [source]),
      clock: () => Date.UTC(2026, 10, 26),
    }),
  );
}

async function stop(): Promise<void> {
  mirror.close();
  await store.close();
}

beforeEach(async () => {
  authority = makeAuthority(partner);
  next = makeAuthority(partner);
  repository = await makeRepository();
  folder = await mkdtemp(join(tmpdir(), "compline-authority-"));
  files = { ...libraryFiles(), ...loggedPartnerFiles("acme", box), ...loggedPartnerFiles("birch", other) };
  await start();
  await commit(pinned(authority));
});
afterEach(async () => {
  await stop();
  await repository.remove();
  await rm(folder, { recursive: true });
});

function pinned({ publicKey }: TestAuthority): Record<string, string> {
  return {
    [partnerPath]: `${loggedPartnerFiles("acme", box)[partnerPath]}  authority:\n    publicKey: ${publicKey}\n`,
  };
}

async function commit(more: Record<string, string | null>): Promise<string> {
  files = { ...files, ...(more as Record<string, string>) };
  const revision = await repository.commit({ ...files, ...more });
  await reconciler.pass();
  return revision;
}

/** What a file is at a revision, as a decision names it. */
function fileOf(revision: string, path: string) {
  return {
    revision,
    path,
    sha256: createHash("sha256")
      .update(files[path] ?? "")
      .digest("hex"),
  };
}

/** A revocation that a reviewed note names. */
async function revoked(lastTrusted: string | null) {
  return await noted(revokeBox(lastTrusted), `${box.keyid} ${lastTrusted ?? "none"}`);
}

/** A decision that a reviewed note names. */
async function noted(event: AuthorityEventDetail, words: string, after?: { seq: number; digest: string }) {
  const revision = await commit({ [notePath]: `# Decided\n\n${words}\n` });
  return await authority.decide(event, { after, file: fileOf(revision, notePath) });
}

async function post(...envelopes: readonly SealedEnvelope[]): Promise<readonly string[]> {
  const enrolments = reconciler.world()?.enrolments ?? new Map();
  const judged = await judgeEnvelopes(
    envelopes.map(({ bytes }) => bytes),
    { enrolments, authority: book },
    { engine: nodeEngine(), receivedAt: "2026-11-26T10:00:00.000Z" },
  );
  const told: string[] = [];
  for (const one of judged) told.push(await keep(one));
  return told;
}

async function keep(judged: Judged): Promise<string> {
  if ("refused" in judged) return judged.refused.code;
  const { item, read } = judged;
  const isDecision = read.statement.predicate.kind === "authority";
  const result = isDecision ? await book.take(item, read) : (await store.commit([item]))[0];
  return result?.status === "refused" ? result.code : (result?.status ?? "");
}

/** Subjects and reasons of conditions that are not good; that a decision is not in git yet is told in one test. */
async function troubles(): Promise<readonly string[]> {
  await reconciler.tick();
  const conditions = reconciler.world()?.conditions ?? [];
  return conditions
    .filter(({ type, reason }) => type !== "Ready" && reason !== "DECISION_NOT_COMMITTED")
    .map(({ subject, reason }) => `${subject} ${reason}`);
}

const fork: AuthorityEventDetail = { type: "fork", digests: ["1".repeat(64), "2".repeat(64)] };
const revokeBox = (lastTrusted: string | null): AuthorityEventDetail => ({
  type: "revoke",
  keyid: box.keyid,
  lastTrusted,
  compromisedAt: null,
  reason: "BOX_STOLEN",
});
/** A chain of the box, as it is: each goes on from the one before. */
async function chainOf(length: number): Promise<readonly SealedEnvelope[]> {
  const chain: SealedEnvelope[] = [];
  for (let seq = 0; seq < length; seq++) {
    const prev = chain.at(-1)?.digest ?? null;
    chain.push(await box.seal(seq, { chain: { id: box.id, epoch: 0, seq, prev } }));
  }
  return chain;
}

describe("who signs decisions", () => {
  test("the key that the partner's file pins, in the partner's chain and log", async () => {
    const decision = await authority.decide(fork);
    expect(await post(decision)).toEqual(["accepted"]);
    expect(await store.bundle(decision.digest)).toMatchObject({ chain: partner, leaf: 0, seq: 0 });
    expect(await post(decision)).toEqual(["duplicate"]);
    expect(await troubles()).toEqual([]);
  });

  test("is taken in once: sent again, by whoever has it, it has nothing judged anew", async () => {
    const decision = await authority.decide(fork);
    await post(decision);
    const version = book.version();
    expect(await post(decision)).toEqual(["duplicate"]);
    expect(book.version()).toBe(version);
  });

  test("are read from the store when one was taken in, and not with every pass", async () => {
    await post(await authority.decide(fork));
    const read = vi.spyOn(store, "chainRange");
    await reconciler.pass();
    expect(book.ruling(partner)?.decisions).toHaveLength(1);
    expect(read).not.toHaveBeenCalled();
  });

  test("nobody else: another key, an appliance's, another partner's authority", async () => {
    expect(await post(await next.decide(fork))).toEqual(["EVENT_WRONG_SIGNER"]);
    const elsewhere = await makeAuthority("01J000000000000000000PBXA2").decide(fork);
    expect(await post(elsewhere)).toEqual(["NOT_ENROLLED"]);
    const claimed = Buffer.from((await next.decide(fork)).bytes)
      .toString()
      .replace(next.keyid, authority.keyid);
    expect(await post({ bytes: Buffer.from(claimed), digest: "" })).toEqual(["BAD_SIGNATURE"]);
    expect(await store.position()).toBe(0);
  });

  test("two at one place are both kept, neither counts, and status says so", async () => {
    const [one, two] = [
      await authority.decide(fork),
      await authority.decide({ ...fork, digests: ["3".repeat(64), "4".repeat(64)] }),
    ];
    expect(await post(one, two)).toEqual(["accepted", "fork"]);
    expect(book.ruling(partner)?.decisions).toEqual([]);
    expect(await troubles()).toContain("authority/acme AUTHORITY_FORK");
  });

  test("after a rotation the new key does, and the old one nothing more", async () => {
    const revision = await commit(pinned(next));
    const event: AuthorityEventDetail = { type: "rotate", publicKey: next.publicKey };
    expect(await post(await authority.decide(fork))).toEqual(["EVENT_WRONG_SIGNER"]);
    const rotation = await authority.decide(event, { file: fileOf(revision, partnerPath) });
    expect(await post(rotation)).toEqual(["accepted"]);
    expect(await post(await authority.decide(fork, { after: rotation }))).toEqual(["KEY_AFTER_ROTATE"]);
    expect(await post(await next.decide(fork, { after: rotation }))).toEqual(["accepted"]);
    expect(await troubles()).toEqual([]);
  });

  test("a rotation to a key that git does not pin is a finding, and the key that git pins goes on", async () => {
    const event: AuthorityEventDetail = { type: "rotate", publicKey: makeAuthority(partner).publicKey };
    const rotation = await authority.decide(event, { file: fileOf("a".repeat(40), partnerPath) });
    expect(await post(rotation)).toEqual(["accepted"]);
    expect(await troubles()).toEqual(["authority/acme GIT_DISAGREES"]);
    await commit(pinned(next));
    expect(await post(await next.decide(fork, { after: rotation }))).toEqual(["accepted"]);
    expect(await troubles()).toEqual(["authority/acme GIT_DISAGREES"]);
  });

  test("a lost key is followed by the one that git pins, and signs nothing from then on", async () => {
    const first = await authority.decide(fork);
    expect(await post(first)).toEqual(["accepted"]);
    await commit(pinned(next));
    expect(await post(await authority.decide(fork, { after: first }))).toEqual(["EVENT_WRONG_SIGNER"]);
    expect(await post(await next.decide(fork, { after: first }))).toEqual(["accepted"]);
    expect(await troubles()).toEqual([]);
  });
});

describe("git decides", () => {
  test.each<[string, (revision: string) => ReturnType<typeof fileOf>]>([
    ["at a revision that was not accepted", () => fileOf("a".repeat(40), boxPath)],
    ["that is not there", (revision) => fileOf(revision, "sites/acme/none.md")],
    ["with other content", (revision) => ({ ...fileOf(revision, boxPath), sha256: "1".repeat(64) })],
    ["of another partner", (revision) => fileOf(revision, "sites/birch/shop/appliances/box.yaml")],
    ["that does not name the key", (revision) => fileOf(revision, partnerPath)],
  ])("a decision that carries out a file %s is kept, a finding, and without effect", async (_, file) => {
    const revision = await commit({ [notePath]: "Nothing." });
    const decision = await authority.decide(revokeBox(null), { file: file(revision) });
    expect(await post(decision)).toEqual(["accepted"]);
    expect(book.revoked(box.keyid)).toBeNull();
    expect(await troubles()).toEqual(["authority/acme GIT_DISAGREES"]);
    const condition = reconciler.world()?.conditions.find(({ type }) => type === "Stalled");
    expect(condition?.message).toContain("kept and does not count, 0-0: ");
  });

  test("a decision that came before its revision was accepted counts from then on, also after a restart", async () => {
    files[boxPath] = `${files[boxPath]}# ${box.keyid} none\n`;
    const revision = await repository.commit(files);
    expect(await post(await authority.decide(revokeBox(null), { file: fileOf(revision, boxPath) }))).toEqual([
      "accepted",
    ]);
    expect(book.revoked(box.keyid)).toBeNull();
    await reconciler.tick();
    expect(book.revoked(box.keyid)).toMatchObject({ appliance: box.id, lastTrusted: null });
    expect(await troubles()).toEqual([]);
    await stop();
    await start();
    await reconciler.pass();
    expect(book.revoked(box.keyid)).toMatchObject({ appliance: box.id, lastTrusted: null });
  });

  test("another partner's key is not revoked", async () => {
    const event: AuthorityEventDetail = { ...revokeBox(null), keyid: other.keyid } as AuthorityEventDetail;
    expect(await post(await noted(event, `${other.keyid} none`))).toEqual(["accepted"]);
    expect(book.revoked(other.keyid)).toBeNull();
    expect(await troubles()).toEqual(["authority/acme GIT_DISAGREES"]);
  });
});

describe("a key revoked by position", () => {
  test("is taken up to the last trusted bundle, and not beyond", async () => {
    const chain = await chainOf(5);
    expect(await post(...chain.slice(0, 2), ...chain.slice(3, 4))).toEqual([
      "accepted",
      "accepted",
      "accepted",
    ]);
    expect(await post(await revoked(chain[3]?.digest ?? ""))).toEqual(["accepted"]);
    expect(await post(...chain)).toEqual(["duplicate", "duplicate", "accepted", "duplicate", "REVOKED"]);
    const stolen = await box.seal(1, { assignment: "c".repeat(64) });
    expect(await post(stolen)).toEqual(["REVOKED"]);
  });

  test("is taken so when git does not have it any more", async () => {
    const chain = await chainOf(3);
    await post(...chain.slice(0, 1));
    const event = revokeBox(chain[1]?.digest ?? "");
    await post(await noted(event, `${box.keyid} ${chain[1]?.digest}`));
    await commit({ [boxPath]: `${files[boxPath]?.split("spec:")[0]}spec:\n  description: gone\n` });
    expect(await post(...chain.slice(1))).toEqual(["accepted", "REVOKED"]);
  });

  test("waits for the last trusted bundle, which may come last in what is sent together", async () => {
    const chain = await chainOf(4);
    await post(await revoked(chain[2]?.digest ?? ""));
    expect(await post(...chain.slice(0, 1))).toEqual(["NOT_ENROLLED"]);
    expect(await post(...chain)).toEqual(["accepted", "accepted", "accepted", "REVOKED"]);
  });

  test("that is trusted for nothing is not taken at all, and other keys are", async () => {
    await post(await revoked(null));
    expect(await post(await box.seal(0), await other.seal(0))).toEqual(["REVOKED", "accepted"]);
  });
});

describe("an envelope that is erased", () => {
  const erase = (digest: string): AuthorityEventDetail => ({
    type: "tombstone",
    digest,
    basis: "ERASURE_REQUEST",
  });

  test("is gone from the store's files, and its place stays", async () => {
    const [first, second] = await chainOf(2);
    if (first === undefined || second === undefined) throw new Error("unreachable");
    await post(first, second);
    const payload = Buffer.from(first.bytes).toString("latin1").slice(100, 400);
    const inFiles = async (): Promise<boolean> => {
      const parts = ["store.db", "store.db-wal"].map((name) =>
        readFile(join(folder, name)).catch(() => Buffer.alloc(0)),
      );
      return Buffer.concat(await Promise.all(parts)).includes(payload);
    };
    expect(await inFiles()).toBe(true);
    expect(await post(await noted(erase(first.digest), first.digest))).toEqual(["accepted"]);
    expect(await inFiles()).toBe(false);
    expect(await store.bundle(first.digest)).toBeNull();
    expect(await store.logLeaves("log.acme.example/evidence", 0, 9)).toContain(first.digest);
    expect(await post(first)).toEqual(["duplicate"]);
  });

  test("is gone after a restart when the process ended between the decision and the erasure", async () => {
    const bundle = await box.seal(0);
    await post(bundle);
    const decision = await noted(erase(bundle.digest), bundle.digest);
    const place = { chain: partner, epoch: 0, seq: 0, site: partner, keyid: authority.keyid };
    const { bytes, digest } = decision;
    await store.commit([{ bytes, digest, ...place, receivedAt: "2026-11-26T10:00:00.000Z", log: null }]);
    await stop();
    await start();
    await reconciler.pass();
    expect(await store.bundle(bundle.digest)).toBeNull();
  });

  test("stays when git does not say so, or it is another partner's", async () => {
    const [ours, theirs] = [await box.seal(0), await other.seal(0)];
    await post(ours, theirs);
    const without = await noted(erase(ours.digest), "another one");
    await post(without);
    await post(await noted(erase(theirs.digest), theirs.digest, without));
    for (const { digest } of [ours, theirs]) expect(await store.bundle(digest)).not.toBeNull();
    expect(await troubles()).toEqual(["authority/acme GIT_DISAGREES"]);
  });
});

describe("decisions that are kept in git", () => {
  const pathOf = (seq: number): string => `sites/acme/decisions/0-${seq}.dsse.json`;
  const textOf = ({ bytes }: SealedEnvelope): string => Buffer.from(bytes).toString("utf8");
  const kept = (): number => book.ruling(partner)?.bundles.length ?? 0;

  /** What happens meanwhile is lost to the store, as when it is set back to a backup; the mirror goes, too. */
  async function setBackAfter(happens: () => Promise<void>): Promise<void> {
    await stop();
    await copyFile(join(folder, "store.db"), join(folder, "backup.db"));
    await start();
    await reconciler.pass();
    await happens();
    await stop();
    for (const name of ["store.db", "store.db-wal", "store.db-shm", "main.git"])
      await rm(join(folder, name), { recursive: true, force: true });
    await copyFile(join(folder, "backup.db"), join(folder, "store.db"));
    await start();
  }

  test("come back when the store was set back, with the commits that they carry out and the keys of those", async () => {
    await setBackAfter(async () => {
      const revocation = await revoked(null);
      await commit(pinned(authority));
      await commit({ [pathOf(0)]: textOf(revocation) });
      expect(kept()).toBe(1);
      const second = await commit(pinned(next));
      const rotation = await authority.decide(
        { type: "rotate", publicKey: next.publicKey },
        { after: revocation, file: fileOf(second, partnerPath) },
      );
      const last = await next.decide(fork, { after: rotation });
      expect(await post(rotation, last)).toEqual(["accepted", "accepted"]);
      await commit({ [pathOf(1)]: textOf(rotation), [pathOf(2)]: textOf(last), [notePath]: null });
    });
    expect(kept()).toBe(0);
    await reconciler.pass();
    expect(book.ruling(partner)?.decisions).toHaveLength(3);
    expect(book.revoked(box.keyid)).toMatchObject({ appliance: box.id, lastTrusted: null });
    expect(await troubles()).toEqual([]);
    const accepted = (await store.acceptances()).flatMap((one) => (one.partner === null ? one.revision : []));
    expect(accepted).toHaveLength(4);
    expect(accepted.at(-1)).toBe(reconciler.world()?.revision);
  });

  test("count also when they are committed only after the store that was set back went on to a later commit", async () => {
    let revocation: SealedEnvelope | null = null;
    await setBackAfter(async () => {
      revocation = await revoked(null);
      await commit({ [notePath]: "Done.\n" });
    });
    await reconciler.pass();
    expect(await store.acceptances()).toHaveLength(6);
    await commit({ [pathOf(0)]: textOf(revocation as unknown as SealedEnvelope) });
    expect(await troubles()).toEqual([]);
    expect(book.revoked(box.keyid)).toMatchObject({ lastTrusted: null });
    const accepted = inHistory(await store.acceptances(), "main").filter((one) => one.partner === "acme");
    expect(accepted.map(({ commits }) => commits)).toEqual([1, 2, 3, 4]);
    expect(accepted.at(-1)?.revision).toBe(reconciler.world()?.revision);
  });

  test("are taken in from there the first time, too, and once", async () => {
    await commit({ [pathOf(0)]: textOf(await authority.decide(fork)) });
    expect(kept()).toBe(1);
    expect(await troubles()).toEqual([]);
    const version = book.version();
    await reconciler.pass();
    expect(book.version()).toBe(version);
  });

  test("and were changed, or are nobody's, are told", async () => {
    await commit({ [pathOf(0)]: `${textOf(await authority.decide(fork))}\n` });
    expect(kept()).toBe(0);
    expect(await troubles()).toEqual(["authority/acme DECISION_REFUSED"]);
    await commit({ [pathOf(0)]: textOf(await next.decide(fork)) });
    expect(await troubles()).toEqual(["authority/acme DECISION_REFUSED"]);
    await commit({ [pathOf(0)]: textOf(await authority.decide(fork)) });
    expect(await troubles()).toEqual([]);
  });

  test("and those that are not yet: told by name, until they are committed", async () => {
    const told = async (): Promise<readonly string[]> => {
      await reconciler.tick();
      const conditions = reconciler.world()?.conditions ?? [];
      return conditions.flatMap(({ type, message }) => (type === "Reconciling" ? [message] : []));
    };
    const first = await authority.decide(fork);
    const second = await authority.decide(fork, { after: first });
    await post(first, second);
    expect(await told()).toEqual([expect.stringContaining(`in git: ${pathOf(0)} (2 in all)`)]);
    await commit({ [pathOf(0)]: textOf(first) });
    expect(await told()).toEqual([expect.stringContaining(`in git: ${pathOf(1)}.`)]);
    await commit({ [pathOf(1)]: textOf(second) });
    expect(await told()).toEqual([]);
  });

  test("make no commit accepted that the branch never pointed at", async () => {
    const { git } = repository;
    await git.raw("checkout", "--quiet", "-b", "side");
    files[notePath] = `${box.keyid} none\n`;
    const aside = await repository.commit(files);
    await git.raw("checkout", "--quiet", "main");
    await git.raw("merge", "--quiet", "--no-ff", "-m", "merged", "side");
    const decision = await authority.decide(revokeBox(null), { file: fileOf(aside, notePath) });
    await commit({ [notePath]: "Not so.\n", [pathOf(0)]: textOf(decision) });
    expect(kept()).toBe(1);
    expect(book.revoked(box.keyid)).toBeNull();
    expect(await troubles()).toEqual(["authority/acme GIT_DISAGREES"]);
  });
});
