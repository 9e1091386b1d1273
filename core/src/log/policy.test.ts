import { describe, expect, it } from "vitest";
import { encodePolicy } from "./policy.ts";

const log = { vkey: "log.example/acme+00000001+AQ+/" };
const owl = { vkey: "witness.example/owl+00000002+BA+a" };
const heron = { vkey: "witness.example/heron+00000003+BA+b" };
const renamed = { vkey: "witness.example/other+00000004+BA+a" };

describe("a policy for tools of others", () => {
  it("has the log, each witness once, and how many of them are asked for", () => {
    expect(encodePolicy({ log, witnesses: [owl, heron], quorum: 2 })).toBe(
      `log ${log.vkey}
witness 1:witness.example/owl ${owl.vkey}
witness 2:witness.example/heron ${heron.vkey}
group witnesses 2 1:witness.example/owl 2:witness.example/heron
quorum witnesses
`,
    );
  });

  it("asks for nobody when the quorum is 0", () => {
    expect(encodePolicy({ log, witnesses: [owl], quorum: 0 })).toContain("\nquorum none\n");
    expect(encodePolicy({ log: null, witnesses: [], quorum: 0 })).toBe("quorum none\n");
  });

  it("is none for a quorum that cannot be: one key under two names is one witness", () => {
    expect(encodePolicy({ log, witnesses: [owl, renamed], quorum: 2 })).toBeNull();
    expect(encodePolicy({ log, witnesses: [owl, renamed], quorum: 1 })?.match(/^witness /gm)).toHaveLength(1);
  });
});
