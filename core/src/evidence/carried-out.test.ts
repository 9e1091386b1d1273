import { expect, it } from "vitest";
import { missingInFile } from "./carried-out.ts";
import type { AuthorityEventDetail } from "./statement.ts";

const [one, two] = ["1".repeat(64), "2".repeat(64)] as const;
const ulid = "01J0000000000000000000BXA1";
const revoke = (lastTrusted: string | null): AuthorityEventDetail => ({
  type: "revoke",
  keyid: one,
  lastTrusted,
  compromisedAt: null,
  reason: "BOX_STOLEN",
});
const enrol: AuthorityEventDetail = { type: "enrol", site: ulid, appliance: ulid, publicKey: one };

it.each<[string, AuthorityEventDetail, string, string | null]>([
  ["a revocation up to a bundle", revoke(two), `Revoked: ${one}, good up to ${two}.`, null],
  ["a revocation of everything", revoke(null), `Revoked: ${one}, good up to: none.`, null],
  [
    "a revocation up to another bundle",
    revoke("3".repeat(64)),
    `Revoked: ${one}, good up to ${two}.`,
    "in one line",
  ],
  [
    "a revocation of everything where a bundle is named",
    revoke(null),
    `Revoked: ${one}, good up to ${two}.`,
    "none",
  ],
  ["key and bundle in different lines", revoke(two), `${one}\n${two}`, "in one line"],
  ["none within a word", revoke(null), `${one} nonetheless`, "none"],
  ["an enrolment", enrol, `id: ${ulid}\npublicKey: ${one}`, null],
  ["an enrolment of another key", enrol, `id: ${ulid}\npublicKey: ${two}`, one],
  ["an erasure", { type: "tombstone", digest: one, basis: "ASKED" }, two, one],
  ["a fork", { type: "fork", digests: [one, two] }, one, two],
])("a file for %s", (_, event, text, missing) => {
  expect(missingInFile(event, text) ?? "nothing").toContain(missing ?? "nothing");
});
