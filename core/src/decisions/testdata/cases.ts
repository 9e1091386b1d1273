import { buildAuthorityEvent } from "../../evidence/build.ts";
import { sealStatement } from "../../evidence/envelope.ts";
import type { AuthorityEventDetail } from "../../evidence/statement.ts";
import { makeKey, type TestKey } from "../../evidence/testdata/identities.ts";
import type { DecisionTree } from "../decision-tree.ts";

const ULID = "01J0000000000000000000PRTA";
const OTHER = "01J0000000000000000000PRTB";
const fork: AuthorityEventDetail = { type: "fork", digests: ["1".repeat(64), "2".repeat(64)] };
const [first, second, stranger] = await Promise.all([makeKey("first"), makeKey("second"), makeKey("stranger")]);

interface Signed {
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly seq: number;
}

interface Decided {
  readonly by?: TestKey;
  readonly event?: AuthorityEventDetail;
  readonly partner?: string;
  readonly seq?: number;
}

async function decide(after: Signed | null, { by = first, event = fork, partner = ULID, ...more }: Decided = {}) {
  const seq = more.seq ?? (after === null ? 0 : after.seq + 1);
  const statement = buildAuthorityEvent({
    partner,
    chain: { id: partner, epoch: 0, seq, prev: after?.digest ?? null },
    at: "2026-11-27T10:00:00.000Z",
    file: event.type === "rotate" ? { revision: "a".repeat(40), path: "sites/acme/partner.yaml", sha256: "b".repeat(64) } : null,
    event,
  });
  return { ...(await sealStatement(statement, by)), seq };
}

const rotation: AuthorityEventDetail = { type: "rotate", publicKey: second.publicKey };
const zero = await decide(null);
const one = await decide(zero);
const two = await decide(one);
const rotated = await decide(one, { event: rotation });

/** Replaces a byte of the signature, which is in base64, by another one of the alphabet. */
function withBrokenSignature({ bytes }: Signed): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  return new TextEncoder().encode(
    text.replace(/"sig":"(.)/, (_, letter: string) => `"sig":"${letter === "A" ? "B" : "A"}`),
  );
}

function yaml(name: string, id: string, { publicKey }: TestKey): string {
  return `apiVersion: compline.dev/v1
kind: Partner
metadata: { name: ${name} }
spec:
  id: ${id}
  displayName: ${name}
  authority:
    publicKey: ${publicKey}
`;
}

/** What lies below `sites/acme/decisions/`, by name; partner.yaml pins the first key unless told otherwise. */
function tree(
  files: Readonly<Record<string, Signed | Uint8Array | string | null>>,
  partners: Readonly<Record<string, string>> = { acme: yaml("acme", ULID, first) },
): DecisionTree {
  return {
    files: Object.entries(files).map(([name, content]) => ({
      path: name.startsWith("sites/") ? name : `sites/acme/decisions/${name}`,
      bytes: bytesOf(content),
    })),
    partners: new Map(Object.entries(partners)),
  };
}

function bytesOf(content: Signed | Uint8Array | string | null): Uint8Array | null {
  if (content === null || content instanceof Uint8Array) return content;
  return typeof content === "string" ? new TextEncoder().encode(content) : content.bytes;
}

const acmePins = (key: TestKey) => ({ acme: yaml("acme", ULID, key) });
const good = { "0-0.dsse.json": zero, "0-1.dsse.json": one, "0-2.dsse.json": two };
const afterRotation = await decide(rotated, { by: second });

/** Trees with what is said of them in the file beside: `testdata/<name>/expected.txt`. */
export const cases: Readonly<Record<string, DecisionTree>> = {
  "nothing-wrong": tree(good),
  "names-that-are-none": tree({
    "0-0.dsse.json": zero,
    "00-1.dsse.json": one,
    "0-1.0123456789abcdef.dsse.json": one,
    "0-1.dsse.jsn": one,
    "older/0-1.dsse.json": one,
    "sites/acme/shop/0-1.dsse.json": one,
  }),
  "form": tree({
    "0-0.dsse.json": zero,
    "0-1.dsse.json": `${new TextDecoder().decode(one.bytes)}\n`,
    "0-2.dsse.json": "{",
    "0-3.dsse.json": new Uint8Array(262_145),
    "0-4.dsse.json": null,
  }),
  "another-partner": tree({ "0-0.dsse.json": await decide(null, { partner: OTHER }) }),
  "no-partner": tree({ "0-0.dsse.json": zero }, {}),
  "partner-that-cannot-be-read": tree({ "0-0.dsse.json": zero }, { acme: "a: [" }),
  "renamed": tree({ "0-0.dsse.json": zero, "0-1.dsse.json": two }),
  "gap": tree({ "0-1.dsse.json": one, "0-4.dsse.json": await decide(two, { seq: 4 }) }),
  "another-epoch": tree({ "0-0.dsse.json": zero, "1-0.dsse.json": await decide(zero, { seq: 0 }) }),
  "two-chains": tree({
    "0-0.dsse.json": zero,
    "0-1.dsse.json": await decide(null, { seq: 1 }),
    "0-2.dsse.json": two,
  }),
  "broken-signature": tree({ "0-0.dsse.json": zero, "0-1.dsse.json": withBrokenSignature(one) }),
  "rotated": tree({ ...good, "0-2.dsse.json": rotated, "0-3.dsse.json": afterRotation }, acmePins(second)),
  "signed-by-a-key-that-was-followed": tree(
    { ...good, "0-2.dsse.json": rotated, "0-3.dsse.json": await decide(rotated) },
    acmePins(second),
  ),
  "rotated-to-another": tree(
    { ...good, "0-2.dsse.json": rotated, "0-3.dsse.json": await decide(rotated, { by: stranger }) },
    acmePins(stranger),
  ),
  "stranger-after-the-pinned-key": tree({
    "0-0.dsse.json": zero,
    "0-1.dsse.json": await decide(zero, { by: stranger }),
  }),
};

const renamed = { globex: yaml("globex", ULID, first) };
const atGlobex = (name: string): string => `sites/globex/decisions/${name}`;

/** What a tree comes to after another. */
export const changes: Readonly<Record<string, { readonly before: DecisionTree; readonly after: DecisionTree }>> = {
  "changed-nothing": { before: tree({ "0-0.dsse.json": zero }), after: tree(good) },
  "changed-content": {
    before: tree({ "0-0.dsse.json": zero }),
    after: tree({ "0-0.dsse.json": await decide(null, { event: rotation }) }),
  },
  "changed-gone": { before: tree(good), after: tree({ "0-0.dsse.json": zero }) },
  "changed-mended": {
    before: tree({ "0-0.dsse.json": zero, "0-1.dsse.json": withBrokenSignature(one), "0-2.dsse.json": "{" }),
    after: tree(good),
  },
  "changed-partner-renamed": {
    before: tree(good),
    after: tree({ [atGlobex("0-0.dsse.json")]: zero, [atGlobex("0-1.dsse.json")]: rotated }, renamed),
  },
  "changed-partner-gone": { before: tree(good), after: tree({}, {}) },
};
