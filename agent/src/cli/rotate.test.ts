import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { enrolmentFingerprint } from "@compline/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openIdentity } from "../state/identity.ts";
import { readNextKey } from "../state/next-key.ts";
import { createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import { commitEnvelopes } from "../testdata/commit.ts";
import { enrolledFolder } from "../testdata/enrolled-folder.ts";
import { rotate } from "./rotate.ts";
import { status } from "./status.ts";

let folder: string;

beforeEach(() => {
  folder = enrolledFolder();
});

afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

/** The agent signed the rotation; `unsent` tells whether the controller has it. */
function sign(unsent: boolean): void {
  const store = createStore(openDatabase(join(folder, "agent.db")));
  const publicKey = readNextKey(folder)?.publicKey ?? "";
  commitEnvelopes(store, [{ digest: "d".repeat(64), bytes: Buffer.of(1) }], {
    head: { ...store.head(), epoch: 1, seq: -1, digest: "d".repeat(64) },
    event: { drop: null, rotation: { publicKey, seq: 0 }, override: null },
  });
  if (!unsent) store.acknowledge(["d".repeat(64)], 1);
  store.close();
}

it("makes no key until it is told to, and then one only", () => {
  expect(rotate(folder, { yes: false })).toMatchObject({ document: null });
  expect(existsSync(join(folder, "appliance.next.key"))).toBe(false);
  const { document, explanation } = rotate(folder, { yes: true });
  expect({ document, again: explanation.includes("rotate") }).toEqual({ document: null, again: true });
  const born = readFileSync(join(folder, "appliance.next.key"));
  rotate(folder, { yes: true });
  expect(readFileSync(join(folder, "appliance.next.key"))).toEqual(born);
});

it("prints the enrolment to review only when the controller has everything by the key before", () => {
  rotate(folder, { yes: true });
  sign(true);
  expect(rotate(folder, { yes: false })).toMatchObject({ document: null });
  expect(status(folder, 1)).toContain("do not merge it yet");
  const store = createStore(openDatabase(join(folder, "agent.db")));
  store.acknowledge(["d".repeat(64)], 1);
  store.close();
  const next = readNextKey(folder)?.publicKey ?? "";
  const { id, publicKey } = openIdentity(folder);
  const { document, explanation } = rotate(folder, { yes: false });
  expect(document).toContain(`publicKey: "${next}"`);
  expect(document).not.toContain(publicKey);
  expect(explanation).toContain(enrolmentFingerprint(id, next));
  expect(status(folder, 1)).toContain(next);
});
