import { createPrivateKey, createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AgentStore, createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import { commitEnvelopes } from "../testdata/commit.ts";
import { markAt } from "../testdata/time-mark.ts";
import { readApplianceConfig } from "./appliance-config.ts";
import { openIdentity } from "./identity.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-state-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);

describe("the identity", () => {
  it("is born once, private to its owner, and the same at every later start", async () => {
    const first = openIdentity(folder);
    expect(openIdentity(folder)).toMatchObject({ id: first.id, publicKey: first.publicKey });
    expect(JSON.parse(readFileSync(file("identity.json"), "utf8"))).toEqual({
      id: first.id,
      publicKey: first.publicKey,
    });
    for (const name of ["identity.json", "appliance.key"])
      expect(statSync(file(name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).toSorted()).toEqual(["appliance.key", "identity.json"]);
    const key = createPublicKey(createPrivateKey(readFileSync(file("appliance.key"))));
    const message = Buffer.from("message");
    expect(verify(null, message, key, await first.sign(message))).toBe(true);
  });

  it("takes a key that a crash left without a name", () => {
    const { publicKey } = openIdentity(folder);
    rmSync(file("identity.json"));
    expect(openIdentity(folder).publicKey).toBe(publicKey);
  });

  it.each<[string, () => void]>([
    ["the key is gone", () => rmSync(file("appliance.key"))],
    ["the key is another", () => replaceKey()],
    ["the key cannot be read", () => writeFileSync(file("appliance.key"), "no key")],
    ["the name cannot be read", () => writeFileSync(file("identity.json"), "{}")],
  ])("is lost when %s, and none is made in its place", (_, damage) => {
    openIdentity(folder);
    damage();
    expect(() => openIdentity(folder)).toThrow(expect.objectContaining({ code: "IDENTITY_LOST" }));
  });
});

describe("appliance.json", () => {
  const good = {
    schemaVersion: "1",
    name: "tidewell-box",
    controller: "http://127.0.0.1:8480",
    controllerKey: "a".repeat(64),
    ceiling: { mode: "full", risk: "medium", argv: false, hosts: "practice" },
  };

  it("is read", () => expect(readApplianceConfig(JSON.stringify(good), "f")).toEqual(good));

  it("may name https anywhere, with or without the last slash, and then pins a certificate", () => {
    const certificate = readFileSync(join(import.meta.dirname, "../testdata/controller.pem"), "utf8");
    const text = JSON.stringify({ ...good, controller: "https://control.example/", certificate });
    expect(readApplianceConfig(text, "f").controller).toBe("https://control.example");
  });

  it("pins one certificate beside an https address, and none beside http", () => {
    const certificate = readFileSync(join(import.meta.dirname, "../testdata/controller.pem"), "utf8");
    const https = { ...good, controller: "https://control.example", certificate };
    expect(readApplianceConfig(JSON.stringify(https), "f").certificate).toBe(certificate);
    const refused = [
      { ...https, controller: good.controller },
      { ...https, certificate: certificate + certificate },
      { ...https, certificate: certificate.replace("MII", "AAA") },
      { ...https, certificate: "" },
      { ...https, certificate: undefined },
    ];
    for (const each of refused)
      expect(() => readApplianceConfig(JSON.stringify(each), "f")).toThrow(/at \/certificate/);
  });

  it.each<[string, unknown]>([
    ["at the top", "text"],
    ["at /extra", { ...good, extra: 1 }],
    ["at /ceiling", { ...good, ceiling: undefined }],
    ["at /schemaVersion", { ...good, schemaVersion: "2" }],
    ["at /name", { ...good, name: "Not A Name" }],
    ["at /controllerKey", { ...good, controllerKey: "A".repeat(64) }],
    ["at /ceiling/mode", { ...good, ceiling: { ...good.ceiling, mode: "all" } }],
    ["at /ceiling/risk", { ...good, ceiling: { ...good.ceiling, risk: 1 } }],
    ["at /ceiling/argv", { ...good, ceiling: { ...good.ceiling, argv: "yes" } }],
    ["at /ceiling/hosts", { ...good, ceiling: { ...good.ceiling, hosts: "none" } }],
    ["at /ceiling/more", { ...good, ceiling: { ...good.ceiling, more: 1 } }],
    ["at /controller", { ...good, controller: "http://control.example" }],
    ["at /controller", { ...good, controller: "http://127.0.0.1.control.example" }],
    ["at /controller", { ...good, controller: "https://user:word@control.example" }],
    ["at /controller", { ...good, controller: "https://control.example/path" }],
    ["at /controller", { ...good, controller: "file:///etc/passwd" }],
  ])("is refused with the place: %s", (place, value) => {
    const reading = (): unknown => readApplianceConfig(JSON.stringify(value), "box/appliance.json");
    expect(reading).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(place) }),
    );
    expect(reading).toThrow(/^box\/appliance\.json: expected/);
  });
});

describe("the database", () => {
  it("is refused to a second process, and free again when the first closed it", () => {
    const first = openDatabase(file("agent.db"));
    expect(() => openDatabase(file("agent.db"))).toThrow(expect.objectContaining({ code: "STATE_LOCKED" }));
    first.close();
    openDatabase(file("agent.db")).close();
  });

  it("of another schema version is refused", () => {
    const database = openDatabase(file("agent.db"));
    database.exec("PRAGMA user_version = 99");
    database.close();
    expect(() => openDatabase(file("agent.db"))).toThrow(expect.objectContaining({ code: "STATE_VERSION" }));
  });

  it("that is no database is refused", () => {
    writeFileSync(
      file("agent.db"),
      "not a database, but long enough to be read as the header of one, or so it seems",
    );
    expect(() => openDatabase(file("agent.db"))).toThrow(expect.objectContaining({ code: "STATE_FAILED" }));
  });

  it("never lets the latest known time go back", () => {
    const store = createStore(openDatabase(file("agent.db")));
    store.touch(new Map(), markAt(2000));
    store.touch(new Map(), markAt(1000));
    expect(store.lastTime()).toMatchObject({ now: 2000, wall: 1000 });
    store.close();
  });

  it("keeps a refused bundle aside, behind which the others go on", () => {
    const store = createStore(openDatabase(file("agent.db")));
    const envelopes = ["a", "b"].map((digest) => ({ digest, bytes: Buffer.from(digest) }));
    commitEnvelopes(store, envelopes);
    store.setAside("a", "UNKNOWN_KEY");
    expect(waiting(store)).toEqual(["b"]);
    expect(store.outbox()).toEqual({ waiting: 1, refused: 1 });
    store.acknowledge(["b"], 1);
    expect(waiting(store)).toEqual([]);
    store.close();
  });

  it("hands out as many bundles as fit, in order, and one that alone is too large", () => {
    const store = createStore(openDatabase(file("agent.db")));
    fill(store, 5, 100);
    const taken = (count: number, bytes: number): readonly string[] =>
      store.waiting({ count, bytes }).map(({ digest }) => digest);
    expect(taken(3, 1000)).toEqual(["0", "1", "2"]);
    expect(taken(100, 250)).toEqual(["0", "1"]);
    expect(taken(100, 99)).toEqual(["0"]);
    store.close();
  });

  it("keeps for a while what the API took, and sends again what comes after a place", () => {
    const store = createStore(openDatabase(file("agent.db")));
    fill(store, 4);
    store.setAside("2", "UNKNOWN_KEY");
    store.acknowledge(["0", "1", "3"], DAY);
    expect(store.resendAfter({ epoch: 0, seq: 0 })).toBe(2);
    expect(waiting(store)).toEqual(["1", "3"]);
    expect(store.resendAfter(null)).toBe(1);
    expect(waiting(store)).toEqual(["0", "1", "3"]);
    store.close();
  });

  it("forgets what was taken over 30 days or 10,000 bundles ago, and nothing that waits", () => {
    const store = createStore(openDatabase(file("agent.db")));
    fill(store, 3);
    store.acknowledge(["1"], DAY);
    store.acknowledge(["2"], 31 * DAY);
    expect(store.oldestKept()).toEqual({ epoch: 0, seq: 0 });
    store.acknowledge(["0"], 32 * DAY);
    expect(store.resendAfter(null)).toBe(2);
    expect(waiting(store)).toEqual(["0", "2"]);
    fill(store, 10_002, 1, 3);
    store.acknowledge(waiting(store, 10_002), 33 * DAY);
    expect(store.oldestKept()).toEqual({ epoch: 0, seq: 5 });
    expect(store.outbox().waiting).toBe(2);
    store.close();
  });

  it("writes a bundle's parts together or not at all", () => {
    const store = createStore(openDatabase(file("agent.db")));
    const envelopes = ["a", "a"].map((digest) => ({ digest, bytes: Buffer.from(digest) }));
    const commit = (): void => commitEnvelopes(store, envelopes);
    expect(commit).toThrow(expect.objectContaining({ code: "STATE_FAILED" }));
    expect(store.head().seq).toBe(-1);
    expect(store.outbox().waiting).toBe(0);
    store.close();
  });
});

const DAY = 24 * 60 * 60 * 1000;

function waiting(store: AgentStore, count = 100): readonly string[] {
  return store.waiting({ count, bytes: Number.POSITIVE_INFINITY }).map(({ digest }) => digest);
}

/** Bundles called by their place. */
function fill(store: AgentStore, count: number, size = 1, from = 0): void {
  const bytes = Buffer.alloc(size);
  const envelopes = Array.from({ length: count }, (_, at) => ({ digest: String(from + at), bytes }));
  commitEnvelopes(store, envelopes);
}

function replaceKey(): void {
  const other = mkdtempSync(join(tmpdir(), "compline-state-"));
  openIdentity(other);
  writeFileSync(file("appliance.key"), readFileSync(join(other, "appliance.key")));
  rmSync(other, { recursive: true });
}
