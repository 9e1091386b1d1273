import { chmod, cp, mkdtemp, readdir, rename, rm, stat, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assignmentSignatureItem, encodeBase64, readAssignmentForAgent, readTrust } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CommittedDecisions } from "../authority/committed.ts";
import { type AssignmentKey, loadAssignmentKey } from "../config/assignment-key.ts";
import { nodeEngine } from "../crypto.ts";
import { ControllerError } from "../errors.ts";
import { Mirror } from "../source/mirror.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import type { Store, StoredAssignment } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { itemOf } from "../store/testdata/items.ts";
import { tearingStore } from "../store/testdata/tearing-store.ts";
import { makeAppliance, type TestAppliance } from "../testdata/appliance.ts";
import { makeAuthority } from "../testdata/authority.ts";
import {
  type DesiredFiles,
  libraryFiles,
  loggedPartnerFiles,
  logOf,
  partnerFiles,
} from "../testdata/desired.ts";
import type { Source } from "./accept.ts";
import { Loader } from "./load.ts";
import { Publications } from "./publications.ts";
import type { Stall } from "../transparency/signer.ts";
import { noticesOf } from "./notices.ts";
import { healForMs } from "./publish.ts";
import { Reconciler, type ReconcilerPorts } from "./reconciler.ts";
import { trustOf } from "./trust.ts";
import { reconcilerPorts } from "../testdata/reconciler.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
const birch = makeAppliance("01J0000000000000000000BXA2", "01J000000000000000000S1TA2");
const good = { ...libraryFiles(), ...partnerFiles("acme", acme), ...partnerFiles("birch", birch) };
const killSwitch = "killSwitch:\n  engaged: true\n  reason: stop";

let repository: TestRepository;
let state: string;
let store: Store;
let key: AssignmentKey;
let source: Source;
let publications: Publications;
let reconciler: Reconciler;
let nowMs: number;
const stalls = new Map<string, Stall>();
const unread = new Map<string, string>();

/** What a controller that was just started has: everything but the repository, the store's file and the mirror. */
async function restart(): Promise<void> {
  const address = { name: "main", repository: repository.folder, branch: "main" };
  const mirror = await Mirror.open(address, join(state, "main.git"));
  source = { mirror, loader: new Loader(mirror) };
  store = openSqliteStore(join(state, "compline.db"), "write");
  key = await loadAssignmentKey(join(state, "assignment.key"));
  publications = new Publications();
  reconciler = new Reconciler(ports());
}

function ports(): ReconcilerPorts {
  return reconcilerPorts({
    sources: [source],
    store,
    key,
    publications,
    logTroubles: () => ({ stalls, unread }),
    clock: () => nowMs,
  });
}

async function stop(): Promise<void> {
  source.mirror.close();
  await store.close();
}

async function storedOf(appliance: string): Promise<StoredAssignment | null> {
  return await store.assignment(publications.latest(appliance)?.digest ?? "");
}

async function published(appliance: string): Promise<Assignment> {
  const stored = await storedOf(appliance);
  const read = readAssignmentForAgent(stored?.bytes ?? new Uint8Array());
  if (!read.ok) throw new Error(`${read.code} ${read.message}`);
  return read.assignment;
}

/** Cuts every object of a repository in half. */
async function damage(objects: string): Promise<void> {
  const entries = await readdir(objects, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    await chmod(file, 0o600);
    await truncate(file, Math.floor((await stat(file)).size / 2));
  }
}

/** The reasons of conditions that are not good, by subject. */
function troubles(): readonly string[] {
  const conditions = reconciler.world()?.conditions ?? [];
  return conditions
    .filter(({ type }) => type !== "Ready")
    .map(({ subject, type, reason }) => `${subject} ${type} ${reason}`);
}

beforeEach(async () => {
  stalls.clear();
  unread.clear();
  nowMs = Date.UTC(2026, 10, 23);
  repository = await makeRepository();
  state = await mkdtemp(join(tmpdir(), "compline-reconcile-"));
  await restart();
});
afterEach(async () => {
  await stop();
  await repository.remove();
  await rm(state, { recursive: true });
});

describe("a pass", () => {
  test("publishes a signed assignment for each enrolled appliance, and records what it accepted", async () => {
    const revision = await repository.commit(good);
    await reconciler.pass();
    const stored = await storedOf(acme.id);
    const assignment = await published(acme.id);
    expect(assignment).toMatchObject({ revision, generation: 2 ** 20, site: acme.site, appliance: acme.id });
    expect(Date.parse(assignment.healUntil) - nowMs).toBe(healForMs);
    const item = assignmentSignatureItem(
      stored?.bytes ?? new Uint8Array(),
      encodeBase64(stored?.signature ?? new Uint8Array()),
      key.publicKey,
    );
    expect(await nodeEngine().verify(item === undefined ? [] : [item])).toEqual([true]);
    expect((await published(birch.id)).site).toBe(birch.site);
    const accepted = (await store.acceptances()).map(({ partner, revision: of }) => [partner, of]);
    expect(accepted).toEqual([
      [null, revision],
      ["acme", revision],
      ["birch", revision],
    ]);
    expect(troubles()).toEqual([]);
  });

  test("a log that is not signed is said of its partner, with what to do, as soon as it is known", async () => {
    await repository.commit({ ...good, ...loggedPartnerFiles("acme", acme) });
    await reconciler.tick();
    expect(troubles()).toEqual([]);
    stalls.set(logOf("acme"), { code: "LOG_SET_BACK", shown: 2, kept: 1 });
    await reconciler.tick();
    expect(troubles()).toEqual(["log/acme Stalled LOG_SET_BACK"]);
    const conditions = await store.conditions();
    expect(noticesOf(conditions, "birch")).toEqual([]);
    const [notice] = noticesOf(conditions, "acme");
    expect(notice).toMatchObject({ code: "LOG_SET_BACK", since: "2026-11-23T00:00:00.000Z" });
    expect(notice?.message).toContain(
      `${logOf("acme")} was shown to others with 2 bundles, and 1 are kept here`,
    );
    expect(notice?.message).toContain("put the newest store back");
    expect(publications.latest(acme.id)).not.toBeNull();
    stalls.set(logOf("acme"), { code: "LOG_ANOTHER_HISTORY", shown: 2, kept: 2 });
    await reconciler.tick();
    expect(troubles()).toEqual(["log/acme Stalled LOG_ANOTHER_HISTORY"]);
    stalls.clear();
    await reconciler.tick();
    expect(troubles()).toEqual([]);
  });

  test("that what witnesses saw cannot be read is said of the log, unless it is not signed at all", async () => {
    await repository.commit({ ...good, ...loggedPartnerFiles("acme", acme) });
    unread.set(logOf("acme"), "the network is down");
    await reconciler.tick();
    expect(troubles()).toEqual(["log/acme Reconciling WITNESSES_UNREAD"]);
    const [notice] = noticesOf(await store.conditions(), "acme");
    expect(notice?.message).toContain(`${logOf("acme")} cannot be read: the network is down`);
    stalls.set(logOf("acme"), { code: "LOG_SET_BACK", shown: 2, kept: 1 });
    await reconciler.tick();
    expect(troubles()).toEqual(["log/acme Stalled LOG_SET_BACK"]);
    stalls.clear();
    unread.clear();
    await reconciler.tick();
    expect(troubles()).toEqual([]);
  });

  test("a second pass, and one after a restart, change nothing", async () => {
    await repository.commit(good);
    await reconciler.pass();
    const [before, index] = [publications.latest(acme.id)?.digest, await store.assignmentIndex()];
    await reconciler.pass();
    await stop();
    await restart();
    await reconciler.pass();
    expect(publications.latest(acme.id)?.digest).toBe(before);
    expect(await store.assignmentIndex()).toEqual(index);
    expect(await store.acceptances()).toHaveLength(3);
  });

  test("a commit that changes no work is accepted and publishes nothing; one that does is published with a higher generation", async () => {
    await repository.commit(good);
    await reconciler.pass();
    const before = await published(acme.id);
    const second = await repository.commit({ "README.md": "words" });
    await reconciler.pass();
    expect(reconciler.world()?.revision).toBe(second);
    expect(await published(acme.id)).toEqual(before);
    await repository.commit(libraryFiles("10m"));
    await reconciler.pass();
    expect((await published(acme.id)).generation).toBe(3 * 2 ** 20);
    expect((await published(acme.id)).intervals).not.toEqual(before.intervals);
  });

  test("renews an assignment when half of its time to heal is over", async () => {
    await repository.commit(good);
    await reconciler.tick();
    const before = await published(acme.id);
    nowMs += healForMs / 2 - 1;
    await reconciler.tick();
    expect(await published(acme.id)).toEqual(before);
    nowMs += 1;
    await reconciler.tick();
    expect(await published(acme.id)).toMatchObject({
      generation: before.generation + 1,
      revision: before.revision,
    });
  });

  test("publishes anew when the controller has another key", async () => {
    await repository.commit(good);
    await reconciler.pass();
    const before = await published(acme.id);
    await stop();
    await rm(join(state, "assignment.key"));
    await restart();
    await reconciler.pass();
    expect((await published(acme.id)).generation).toBe(before.generation + 1);
    expect(publications.latest(acme.id)?.keyid).toBe(key.keyid);
  });

  test("an appliance that is not enrolled any more has no assignment in force", async () => {
    await repository.commit(good);
    await reconciler.pass();
    await repository.commit({
      "sites/birch/shop/appliances/box.yaml":
        good["sites/birch/shop/appliances/box.yaml"]?.split("spec:")[0] + "spec:\n  description: gone\n",
    });
    await reconciler.pass();
    expect(publications.latest(birch.id)).toBeNull();
    expect(reconciler.world()?.enrolments.has(birch.id)).toBe(false);
    expect(publications.latest(acme.id)).not.toBeNull();
  });
});

test("whatever is edited, a pass that knows the last one leaves nothing for a first one to do", async () => {
  const partner = (name: string, stop: boolean): DesiredFiles => {
    const path = `sites/${name}/partner.yaml`;
    const switchOf = "  killSwitch: { engaged: true, reason: A drill }\n";
    return { [path]: `${good[path] ?? ""}\n${stop ? switchOf : ""}`.replace("\n\n", "\n") };
  };
  const site = (mode: string): DesiredFiles => {
    const path = "sites/acme/shop/site.yaml";
    return { [path]: (good[path] ?? "").replace("mode: full", `mode: ${mode}`) };
  };
  const presetOf = (framework: string): DesiredFiles => ({
    "frameworks/quiet/framework.yaml": (good["frameworks/manners/framework.yaml"] ?? "").replaceAll(
      /\bmanners\b/g,
      "quiet",
    ),
    "frameworks/presets/shops.yaml": `apiVersion: compline.dev/v1
kind: Preset
metadata: { name: shops }
spec: { title: Shops, frameworks: [${framework}], note: They greet. }
`,
    "sites/acme/shop/site.yaml": (good["sites/acme/shop/site.yaml"] ?? "").replace(
      "frameworks: [manners]",
      "preset: shops",
    ),
  });
  const edits: readonly DesiredFiles[] = [
    good,
    presetOf("quiet"),
    { "README.md": "a pass that settles" },
    presetOf("manners"),
    site("dry-run"),
    libraryFiles("7m"),
    partner("birch", true),
    { ...partner("birch", false), ...libraryFiles("9m") },
    { "README.md": "nothing of the desired state" },
    { ...partner("birch", true), "policies/checks/linux/greeting.yaml": "nonsense: [" },
    { ...partner("birch", false), ...libraryFiles("9m") },
    site("full"),
    { "sites/acme/shop/site.yaml": "nonsense: [" },
    { ...partner("birch", true), ...libraryFiles("5m") },
    { ...site("standard"), ...partner("birch", false) },
    good,
  ];
  for (const edit of edits) {
    await repository.commit({ ...edit, "notes.txt": String(edits.indexOf(edit)) });
    nowMs += 86_400_000;
    await reconciler.pass();
    const index = await store.assignmentIndex();
    // One that remembers nothing finds nothing more to do, and would be the first to publish what was forgotten.
    await new Reconciler({ ...ports(), publications: new Publications() }).pass();
    expect(await store.assignmentIndex()).toEqual(index);
    expect((await published(birch.id)).healing.killSwitch).toBe(JSON.stringify(edit).includes("killSwitch"));
  }
  const count = (await store.assignmentIndex()).length;
  await reconciler.pass();
  expect((await store.assignmentIndex()).length).toBe(count);
  nowMs += 4 * 86_400_000;
  await reconciler.pass();
  expect((await store.assignmentIndex()).length).toBe(count + 2);
});

describe("what is held", () => {
  let first: string;
  beforeEach(async () => {
    first = await repository.commit(good);
    await reconciler.pass();
  });
  const live = () =>
    Object.fromEntries((reconciler.world()?.partners ?? []).map(({ name, revision }) => [name, revision]));

  test("a fault in a partner's files holds that partner only, until it is mended", async () => {
    const second = await repository.commit({
      "sites/birch/shop/site.yaml": "nonsense: [",
      ...libraryFiles("10m"),
    });
    await reconciler.pass();
    expect(live()).toEqual({ acme: second, birch: first });
    expect(troubles()).toEqual(["partner/birch Stalled PARTNER_FAULT"]);
    expect((await published(acme.id)).revision).toBe(second);
    expect((await published(birch.id)).revision).toBe(first);
    await stop();
    await restart();
    await reconciler.pass();
    expect(live()).toEqual({ acme: second, birch: first });
    const third = await repository.commit(partnerFiles("birch", birch));
    await reconciler.pass();
    expect(live()).toEqual({ acme: third, birch: third });
    expect(troubles()).toEqual([]);
  });

  describe("what belonged to another once", () => {
    const box = "appliances/box.yaml";
    /** The file that enrols acme's box, with birch's key. */
    const withKeyOfBirch = (): string =>
      (good[`sites/acme/shop/${box}`] ?? "").replace(hexOf(acme), () => hexOf(birch));
    const hexOf = ({ publicKey }: TestAppliance): string => Buffer.from(publicKey).toString("hex");

    test("is refused to a partner, also in a later commit and after a restart", async () => {
      const second = await repository.commit({
        [`sites/birch/shop/${box}`]:
          good[`sites/birch/shop/${box}`]?.split("spec:")[0] + "spec:\n  description: gone\n",
      });
      await reconciler.pass();
      await stop();
      await restart();
      const third = await repository.commit({ [`sites/acme/shop/${box}`]: withKeyOfBirch() });
      await reconciler.pass();
      expect(live()).toEqual({ acme: second, birch: third });
      expect(troubles()).toEqual(["partner/acme Stalled IDENTITY_MOVED"]);
      const message = reconciler.world()?.conditions.find(({ type }) => type === "Stalled")?.message;
      expect(message).toContain(`key ${hexOf(birch)} belongs to appliance ${birch.id}, for good.`);
      expect(reconciler.world()?.enrolments.get(acme.id)?.keyid).toBe(acme.keyid);
      const fourth = await repository.commit(partnerFiles("acme", acme));
      await reconciler.pass();
      expect(live()).toEqual({ acme: fourth, birch: fourth });
      expect(troubles()).toEqual([]);
    });

    test("is refused to a partner that was never in force, and nothing of it is", async () => {
      await rm(join(repository.folder, "sites/birch"), { recursive: true });
      const second = await repository.commit({});
      await reconciler.pass();
      expect(live()).toEqual({ acme: second });
      const third = await repository.commit(partnerFiles("cedar", birch));
      await reconciler.pass();
      // The partner's own ULID is birch's, too, and may have another name; its box and site were not moved.
      expect(live()).toEqual({ acme: third, cedar: third });
      const dune = partnerFiles("dune", birch);
      const other = (dune["sites/dune/partner.yaml"] ?? "").replace(
        /id: \w+/,
        "id: 01J000000000000000000PD00E",
      );
      await rm(join(repository.folder, "sites/cedar"), { recursive: true });
      const fourth = await repository.commit({ ...dune, "sites/dune/partner.yaml": other });
      await reconciler.pass();
      expect(live()).toEqual({ acme: fourth });
      expect(troubles()).toEqual(["partner/dune Stalled IDENTITY_MOVED"]);
    });
  });

  test("a fault in the library holds all", async () => {
    await repository.commit({ "policies/checks/linux/greeting.yaml": "nonsense: [" });
    await reconciler.pass();
    expect(live()).toEqual({ acme: first, birch: first });
    expect(troubles()).toEqual(["source/main Stalled LIBRARY_FAULT"]);
    const message = reconciler.world()?.conditions.find(({ type }) => type === "Stalled")?.message;
    expect(message).toContain("policies/checks/linux/greeting.yaml:");
  });

  test("a name that resolves nowhere is a fault, too", async () => {
    const site = (good["sites/acme/shop/site.yaml"] ?? "").replace("[manners]", "[maners]");
    const second = await repository.commit({ "sites/acme/shop/site.yaml": site });
    await reconciler.pass();
    expect(live()).toEqual({ acme: first, birch: second });
  });

  test.each([
    ["an amended commit", async () => void (await repository.commit({ "README.md": "x" }, "--amend"))],
    [
      "a history of its own",
      async () => {
        await repository.git.raw("checkout", "--quiet", "--orphan", "other");
        await repository.commit({ "README.md": "x" });
        await repository.git.raw("branch", "--force", "main", "other");
      },
    ],
  ])("%s does not descend and is refused, also after a restart", async (_, rewrite) => {
    await rewrite();
    await reconciler.pass();
    expect(live()).toEqual({ acme: first, birch: first });
    expect(troubles()).toEqual(["source/main Stalled NOT_DESCENDANT"]);
    await stop();
    await restart();
    await reconciler.pass();
    expect(live()).toEqual({ acme: first, birch: first });
  });

  test("a tree is held while it cannot be read what the branch passed before it", async () => {
    const second = await repository.commit({ "notes.txt": "newer" });
    const torn = new ControllerError("GIT_FAILED", "an object is torn");
    vi.spyOn(CommittedDecisions.prototype, "at").mockRejectedValueOnce(torn);
    await reconciler.pass();
    expect(troubles()).toEqual(["source/main Reconciling SOURCE_UNREACHABLE"]);
    expect(live()).toEqual({ acme: first, birch: first });
    await reconciler.pass();
    expect(troubles()).toEqual([]);
    expect(live()).toEqual({ acme: second, birch: second });
  });

  test("a source that is gone changes nothing, and its coming back is seen", async () => {
    await rename(repository.folder, `${repository.folder}.away`);
    await reconciler.tick();
    expect(live()).toEqual({ acme: first, birch: first });
    expect(troubles()).toEqual(["source/main Reconciling SOURCE_UNREACHABLE"]);
    const { since } = (await store.conditions())[0] ?? {};
    nowMs += 1000;
    await reconciler.pass();
    expect((await store.conditions())[0]?.since).toBe(since);
    await rename(`${repository.folder}.away`, repository.folder);
    await reconciler.tick();
    expect(troubles()).toEqual([]);
  });

  test("a source that answers and gives nothing is looked at again, although its branch did not move", async () => {
    const second = await repository.commit(partnerFiles("acme", acme, killSwitch));
    const commit = join(repository.folder, ".git/objects", second.slice(0, 2), second.slice(2));
    await rename(commit, `${commit}.away`);
    await reconciler.tick();
    expect(troubles()).toEqual(["source/main Reconciling SOURCE_UNREACHABLE"]);
    await rename(`${commit}.away`, commit);
    nowMs += 9999;
    await reconciler.tick();
    expect(live()).toEqual({ acme: first, birch: first });
    nowMs += 1;
    await reconciler.tick();
    expect(live()).toEqual({ acme: second, birch: second });
    expect(troubles()).toEqual([]);
  });

  test("a mirror whose objects are damaged is made anew from the source", async () => {
    await stop();
    await damage(join(state, "main.git", "objects"));
    await restart();
    await reconciler.pass();
    expect(live()).toEqual({ acme: first, birch: first });
    expect(troubles()).toEqual([]);
  });

  test("a partner that was removed is not in force, and a later fault in the library does not bring it back", async () => {
    const gone = Object.fromEntries(Object.keys(partnerFiles("birch", birch)).map((path) => [path, null]));
    const second = await repository.commit(gone);
    await reconciler.pass();
    expect(live()).toEqual({ acme: second });
    await repository.commit({ "policies/checks/linux/greeting.yaml": "nonsense: [" });
    await stop();
    await restart();
    await reconciler.pass();
    expect(live()).toEqual({ acme: second });
  });
});

describe("a kill switch", () => {
  const engaged = { ...partnerFiles("acme", acme, killSwitch) };
  beforeEach(async () => {
    await repository.commit(good);
    await reconciler.pass();
  });

  test("in an accepted tree is in the assignment", async () => {
    await repository.commit(engaged);
    await reconciler.pass();
    expect((await published(acme.id)).healing.killSwitch).toBe(true);
    expect((await published(birch.id)).healing.killSwitch).toBe(false);
  });

  test.each([
    ["with a fault in the library", { "policies/checks/linux/greeting.yaml": "nonsense: [" }, []],
    ["with a fault in the partner's files", { "sites/acme/shop/appliances/box.yaml": "nonsense: [" }, []],
    ["that does not descend", {}, ["--amend"]],
  ])("is obeyed from a tree %s, and stays so while the source cannot be read", async (_, more, flags) => {
    const before = await published(acme.id);
    await repository.commit({ ...engaged, ...more }, ...flags);
    await reconciler.pass();
    expect(await published(acme.id)).toMatchObject({
      revision: before.revision,
      healing: { killSwitch: true },
    });
    expect((await published(birch.id)).healing.killSwitch).toBe(false);
    await rename(repository.folder, `${repository.folder}.away`);
    await stop();
    await restart();
    await reconciler.pass();
    expect((await published(acme.id)).healing.killSwitch).toBe(true);
    await rename(`${repository.folder}.away`, repository.folder);
  });
});

describe("the time of a key in git", () => {
  const path = "sites/acme/shop/appliances/box.yaml";
  const hexOf = ({ publicKey }: TestAppliance): string => Buffer.from(publicKey).toString("hex");
  const next = makeAppliance(acme.id, acme.site);
  const logged = { ...good, ...loggedPartnerFiles("acme", acme) };
  const bundle = (seq: number) => ({ ...itemOf(seq, `bundle ${seq}`, acme.id), log: logOf("acme") });
  const keysInTrust = async () => {
    const partner = reconciler.world()?.partners.find(({ name }) => name === "acme");
    const read = readTrust(Buffer.from(partner === undefined ? "" : await trustOf(partner, store)));
    return read.ok ? read.trust.keys.map(({ publicKey, from, to }) => [publicKey, from, to]) : read.message;
  };

  test("ends only after what was judged by it is kept, and the trust file says so in leaves", async () => {
    await store.commit([bundle(0)]);
    await repository.commit(logged);
    await reconciler.pass();
    await repository.commit({ [path]: (logged[path] ?? "").replace(hexOf(acme), hexOf(next)) });
    const drained = async (): Promise<void> => void (await store.commit([bundle(1)]));
    reconciler = new Reconciler({ ...ports(), drained });
    await reconciler.pass();
    await store.commit([bundle(2)]);
    expect(await keysInTrust()).toEqual([
      [hexOf(acme), 1, 2],
      [hexOf(next), 1, null],
    ]);
  });

  test("of a box that was removed stays in the trust file when it left evidence", async () => {
    await repository.commit(logged);
    await reconciler.pass();
    const gone = { [path]: `${(logged[path] ?? "").split("spec:")[0]}spec:\n  description: gone\n` };
    const after = async (): Promise<unknown> => {
      await repository.commit(gone);
      await reconciler.pass();
      return await keysInTrust();
    };
    expect(await after()).toEqual([]);
    await store.commit([bundle(0)]);
    expect(await keysInTrust()).toEqual([[hexOf(acme), 0, 0]]);
  });

  test("of a box that was removed stays without any evidence where an authority can say what that means", async () => {
    const { publicKey } = makeAuthority("01J000000000000000000PBXA1");
    const partnerPath = "sites/acme/partner.yaml";
    const pinned = `${logged[partnerPath] ?? ""}  authority:\n    publicKey: ${publicKey}\n`;
    await repository.commit({ ...logged, [partnerPath]: pinned });
    await reconciler.pass();
    await repository.commit({
      [path]: `${(logged[path] ?? "").split("spec:")[0]}spec:\n  description: gone\n`,
    });
    await reconciler.pass();
    expect(await keysInTrust()).toEqual([[hexOf(acme), 0, 0]]);
  });
});

describe("a store that was set back", () => {
  test("goes on from an assignment that came back: the box has that one, and nothing of its generation beside", async () => {
    const { lost, setBack } = await losing();
    await setBack();
    nowMs += 1000;
    await reconciler.tick();
    const other = await storedOf(acme.id);
    expect(other).toMatchObject({ generation: lost?.generation });
    expect(other?.digest).not.toBe(lost?.digest);

    await store.putAssignments([lost as StoredAssignment]);
    reconciler.publishAnew();
    await reconciler.tick();
    expect(publications.latest(acme.id)?.digest).toBe(lost?.digest);
    await stop();
    await restart();
    await reconciler.tick();
    expect(publications.latest(acme.id)?.digest).toBe(lost?.digest);
    nowMs += healForMs / 2;
    await reconciler.tick();
    expect(publications.latest(acme.id)?.generation).toBe((lost?.generation ?? 0) + 1);
  });

  test("knows again that a revision was in force which an assignment names that came back, and when", async () => {
    const { lost, setBack } = await losing();
    await repository.commit(good);
    await reconciler.tick();
    const whole = await revisionsTold();
    expect(whole).toHaveLength(3);
    await setBack();
    await reconciler.tick();
    expect(await revisionsTold()).toEqual([whole[0], whole[2]]);

    await store.putAssignments([lost as StoredAssignment]);
    reconciler.publishAnew();
    await reconciler.tick();
    expect(await revisionsTold()).toEqual(whole);
    expect(await store.lostRevisions()).toEqual([]);
    expect(reconciler.world()?.revision).toBe(whole[2]);
    expect(publications.latest(acme.id)?.generation).toBeGreaterThan(lost?.generation ?? 0);
    expect(troubles()).toEqual([]);
    await reconciler.pass();
    expect(await revisionsTold()).toEqual(whole);
  });

  /** An assignment that was published after a copy of the store was made, and what puts that copy in the store's place. */
  async function losing(): Promise<{
    readonly lost: StoredAssignment | null;
    readonly setBack: () => Promise<void>;
  }> {
    const [file, copy] = [join(state, "compline.db"), join(state, "copy.db")];
    await repository.commit(good);
    await reconciler.pass();
    await stop();
    await cp(file, copy);
    await restart();
    await repository.commit({ ...good, ...partnerFiles("acme", acme, killSwitch) });
    await reconciler.tick();
    return {
      lost: await storedOf(acme.id),
      setBack: async () => {
        await stop();
        await rename(copy, file);
        await restart();
      },
    };
  }

  /** The revisions in the trust file of a partner. */
  async function revisionsTold(): Promise<readonly string[]> {
    const partner = reconciler.world()?.partners.find(({ name }) => name === "acme");
    if (partner === undefined) throw new Error("acme is not in force");
    const read = readTrust(Buffer.from(await trustOf(partner, store)));
    if (!read.ok) throw new Error(read.message);
    return read.trust.revisions.map(({ id }) => id);
  }
});

describe("a crash", () => {
  const cases = [1, 2, 3].flatMap((n) => (["before", "after"] as const).map((when) => [when, n] as const));
  test.each(cases)("%s write %i of a pass is made good by the next pass", async (when, n) => {
    const revision = await repository.commit(good);
    const torn = new Reconciler({ ...ports(), store: tearingStore(store, n, when) });
    await expect(torn.pass()).rejects.toThrow("torn");
    await stop();
    await restart();
    await reconciler.pass();
    expect(await published(acme.id)).toMatchObject({ revision, generation: 2 ** 20 });
    expect(await store.assignmentIndex()).toHaveLength(2);
    const accepted = (await store.acceptances()).map(({ partner, revision: of }) => [partner, of]);
    expect(accepted).toEqual([
      [null, revision],
      ["acme", revision],
      ["birch", revision],
    ]);
    expect((await store.conditions()).map(({ reason }) => reason)).toEqual([
      "ACCEPTED",
      "ACCEPTED",
      "ACCEPTED",
    ]);
  });

  test("of a read of the keys is made good by the next pass of the same process", async () => {
    await repository.commit(good);
    let failures = 1;
    const keyPeriods: Store["keyPeriods"] = async () => {
      if (failures-- > 0) throw new Error("torn");
      return await store.keyPeriods();
    };
    const torn = new Reconciler({ ...ports(), store: { ...store, keyPeriods } });
    await expect(torn.pass()).rejects.toThrow("torn");
    await torn.pass();
    expect((await published(acme.id)).appliance).toBe(acme.id);
  });
});

describe("a partner of a later source that brings another's key", () => {
  const cedarId = "01J000000000000000000PCEDA";
  let second: TestRepository;
  let both: Reconciler;

  beforeEach(async () => {
    second = await makeRepository();
    const address = { name: "second", repository: second.folder, branch: "main" };
    const mirror = await Mirror.open(address, join(state, "second.git"));
    await repository.commit({ ...libraryFiles(), ...partnerFiles("acme", acme) });
    const cedar = partnerFiles("cedar", acme);
    const partner = (cedar["sites/cedar/partner.yaml"] ?? "").replace(/id: \w+/, `id: ${cedarId}`);
    await second.commit({ ...libraryFiles(), ...cedar, "sites/cedar/partner.yaml": partner });
    both = new Reconciler({ ...ports(), sources: [source, { mirror, loader: new Loader(mirror) }] });
    return async () => {
      mirror.close();
      await second.remove();
    };
  });

  const reasons = (): string[] | undefined => both.world()?.conditions.map(({ reason }) => reason);

  test("is not in force", async () => {
    await both.pass();
    expect(both.world()?.partners.map(({ name }) => name)).toEqual(["acme"]);
    expect(reasons()).toContain("IDENTITY_TAKEN");
    await both.pass();
    expect(both.world()?.partners.map(({ name }) => name)).toEqual(["acme"]);
    expect(reasons()).toContain("IDENTITY_MOVED");
  });

  test("is not accepted and owns nothing, so that another may have what else it names", async () => {
    await both.pass();
    expect((await store.acceptances()).map(({ partner }) => partner)).not.toContain("cedar");
    expect([...(await store.owners()).keys()]).not.toContain(`partner ${cedarId}`);
  });
});
