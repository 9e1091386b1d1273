import { describe, expect, it } from "vitest";
import { readResults } from "./evidence-results.ts";

const sent = ["a", "b"].map((digest) => ({ digest, bytes: Buffer.from(digest) }));
const answer = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));

describe("the answer to a batch", () => {
  it.each([
    ["accepted", null, { kind: "kept" }],
    ["duplicate", null, { kind: "kept" }],
    ["fork", "FORK", { kind: "kept" }],
    ["refused", "NOT_ENROLLED", { kind: "later" }],
    ["refused", "UNKNOWN_KEY", { kind: "refused", code: "UNKNOWN_KEY" }],
    ["refused", "\u001b[31m", { kind: "refused", code: "REFUSED" }],
  ])("says what became of each bundle: %s %s", (status, code, result) => {
    const results = sent.map(({ digest }) => ({ digest, status, code }));
    expect(readResults(answer({ results }), sent)).toEqual([result, result]);
  });

  it.each<[string, Buffer]>([
    ["no JSON", Buffer.from("no")],
    ["no results", answer({})],
    ["one result too few", answer({ results: [{ digest: "a", status: "accepted" }] })],
    ["another order", answer({ results: ["b", "a"].map((digest) => ({ digest, status: "accepted" })) })],
    ["a status nobody knows", answer({ results: sent.map(({ digest }) => ({ digest, status: "lost" })) })],
  ])("is none when it has %s: nothing is taken for sent", (_, bytes) => {
    expect(() => readResults(bytes, sent)).toThrow(expect.objectContaining({ code: "CONTROLLER_ANSWER" }));
  });
});
