import { createHash } from "node:crypto";
import { join } from "node:path";
import { encodeAssignment, signAssignment, sliceDigest } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type AssignmentKey, loadAssignmentKey } from "../config/assignment-key.ts";
import { host, makeApi, type TestApi } from "./testdata/api.ts";

let api: TestApi;
let key: AssignmentKey;
beforeEach(async () => {
  api = await makeApi();
  key = await loadAssignmentKey(join(api.folder, "assignment.key"));
});
afterEach(() => api.close());

function assignmentOf(more: Partial<Assignment> = {}): Uint8Array {
  const files: [string, string][] = [["sites/p/s/site.yaml", "1".repeat(64)]];
  return encodeAssignment({
    schemaVersion: "1",
    partner: "01J00000000000000000000PP0",
    site: api.mine.site,
    appliance: api.mine.id,
    generation: 7,
    revision: "c".repeat(40),
    issuedAt: "2026-11-23T10:00:00.000Z",
    healUntil: "2026-11-30T10:00:00.000Z",
    slice: sliceDigest(files),
    files,
    pairs: [],
    checks: {},
    rules: {},
    runbooks: {},
    healing: { mode: "off", riskCeiling: "low", killSwitch: false, windows: null, declaredWindows: null },
    hosts: [],
    intervals: {},
    definitions: { checks: {}, rules: {}, runbooks: {} },
    heartbeatMs: 7_200_000,
    library: { manifest: null, signature: null },
    ...more,
  });
}

interface Given {
  readonly by?: AssignmentKey;
  readonly at?: string;
}

async function giveBack(bytes: Uint8Array, { by = key, at = api.mine.id }: Given = {}) {
  const url = `/v1/appliances/${at}/assignment`;
  const body = Buffer.from(bytes).toString("utf8");
  const headers = await api.mine.signed({ host, method: "POST", url, body });
  const signature = await signAssignment(bytes, by.sign);
  return await api.app.inject({
    method: "POST",
    url,
    headers: { ...headers, "compline-signature": signature },
    payload: body,
  });
}

test("an assignment that this controller signed is taken back from its appliance, as often as it comes", async () => {
  const bytes = assignmentOf();
  const digest = createHash("sha256").update(bytes).digest("hex");
  for (let again = 0; again < 2; again += 1) {
    const answer = await giveBack(bytes);
    expect([answer.statusCode, answer.json()]).toEqual([200, { digest }]);
  }
  expect(await kept()).toEqual([[digest, api.mine.id, 7, "c".repeat(40), key.keyid]]);
  expect(api.passed).toEqual(["assignment came"]);
  const signature = await api.ask(api.mine, { url: `/v1/assignments/${digest}/signature` });
  expect(signature.body).toBe(await signAssignment(bytes, key.sign));
});

test("what another key signed, or is another's, or of no form, is not taken", async () => {
  const thief = await loadAssignmentKey(join(api.folder, "thief.key"));
  const answers = [
    await giveBack(assignmentOf(), { by: thief }),
    await giveBack(assignmentOf({ appliance: api.other.id })),
    await giveBack(assignmentOf({ site: "01J000000000000000000S1TE9" })),
    await giveBack(assignmentOf({ pairs: [["01J000000000000000000H0ST1", "greeting"]] })),
    await giveBack(assignmentOf(), { at: api.other.id }),
  ];
  expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
    [422, "SIGNATURE_INVALID"],
    [422, "WRONG_SITE"],
    [422, "WRONG_SITE"],
    [422, "SCHEMA"],
    [404, "NOT_FOUND"],
  ]);
  expect(await kept()).toEqual([]);
  expect(api.passed).toEqual([]);
});

async function kept(): Promise<readonly unknown[]> {
  const index = await api.store.assignmentIndex();
  return index.map(({ digest, appliance, generation, revision, keyid }) => [
    digest,
    appliance,
    generation,
    revision,
    keyid,
  ]);
}
