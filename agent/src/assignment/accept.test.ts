import { canonicalBytes } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { describe, expect, it } from "vitest";
import { nodeSha256 } from "../sha256.ts";
import type { StoredAssignment } from "../store/assignments.ts";
import {
  IDS,
  makeAssignment,
  makeController,
  MAX_AGE,
  RULE,
  signedAssignment,
} from "../testdata/assignment.ts";
import { acceptAssignment, type AcceptContext } from "./accept.ts";

const controller = makeController();
const context: AcceptContext = {
  controllerKey: controller.publicKey,
  appliance: IDS.appliance,
  current: null,
};

describe("an assignment", () => {
  it("is accepted with its exact bytes", async () => {
    const offered = await signed(makeAssignment());
    expect(await acceptAssignment(offered, context)).toMatchObject({ ok: true, accepted: offered });
  });

  it("that was changed on the way is refused", async () => {
    const offered = await signed(makeAssignment());
    const bytes = canonicalBytes(makeAssignment({ healing: { mode: "off" } }));
    expect(await codeOf({ ...offered, bytes })).toBe("DIGEST_MISMATCH");
    expect(await codeOf({ ...offered, bytes, digest: nodeSha256(bytes) })).toBe("SIGNATURE_INVALID");
  });

  it("signed by another key than the pinned one is refused", async () => {
    expect(await codeOf(await signedAssignment(makeController(), makeAssignment()))).toBe(
      "SIGNATURE_INVALID",
    );
  });

  it("is refused when the pinned key is one that signs everything", async () => {
    const offered = { ...(await signed(makeAssignment())), signature: Buffer.alloc(64).toString("base64") };
    const result = await acceptAssignment(offered, { ...context, controllerKey: "0".repeat(64) });
    expect(result).toMatchObject({ ok: false, code: "SIGNATURE_INVALID" });
  });

  it.each<[string, Assignment]>([
    ["of another schema", { ...makeAssignment(), schemaVersion: "2" as "1" }], // what a later controller would send
    [
      "with a definition that is not the one of its digest",
      { ...makeAssignment(), checks: { "max-age": "0".repeat(64) } },
    ],
    ["with a rule whose runbook is missing", makeAssignment({ rules: { r: { ...RULE, runbook: "none" } } })],
    ["with a pair that has no check", { ...makeAssignment(), pairs: [[IDS.practice, "none"]] }],
  ])("%s is refused", async (_, assignment) => {
    expect(await codeOf(await signed(assignment))).toBe("FORM_INVALID");
  });

  it("of a lower generation is accepted after repinning", async () => {
    const first = await acceptAssignment(await signed(makeAssignment({ generation: 9 })), context);
    if (!first.ok) throw new Error(first.detail);
    const current = { ...first.accepted, repinned: true };
    const older = await acceptAssignment(await signed(makeAssignment({ generation: 2 })), {
      ...context,
      current,
    });
    expect(older).toMatchObject({
      ok: true,
      accepted: { repinned: false, controllerKey: controller.publicKey },
    });
  });

  it("of another appliance is refused", async () => {
    expect(await codeOf(await signed(makeAssignment({ appliance: IDS.real })))).toBe("OTHER_APPLIANCE");
  });
});

describe("after another assignment", () => {
  it("only a higher generation is accepted", async () => {
    const current = await accepted(makeAssignment({ generation: 5 }));
    const next = { ...context, current };
    const changed = { checks: { "max-age": { ...MAX_AGE, expected: "other" } } };
    expect(await codeOf(await signed(makeAssignment({ ...changed, generation: 6 })), next)).toBeNull();
    expect(await codeOf(await signed(makeAssignment({ ...changed, generation: 5 })), next)).toBe(
      "GENERATION_BACK",
    );
    expect(await codeOf(await signed(makeAssignment({ ...changed, generation: 4 })), next)).toBe(
      "GENERATION_BACK",
    );
    expect(await codeOf(current, next)).toBeNull();
  });

  it("one of another site is accepted: a reviewed file moved the box", async () => {
    const current = await accepted(makeAssignment());
    const other = { ...makeAssignment({ generation: 2 }), site: IDS.partner };
    expect(await codeOf(await signed(other), { ...context, current })).toBeNull();
    const older = { ...other, generation: 1 };
    expect(await codeOf(await signed(older), { ...context, current })).toBe("GENERATION_BACK");
  });
});

async function signed(assignment: Assignment): Promise<StoredAssignment> {
  return signedAssignment(controller, assignment);
}

async function accepted(assignment: Assignment): Promise<NonNullable<AcceptContext["current"]>> {
  const result = await acceptAssignment(await signed(assignment), context);
  if (!result.ok) throw new Error(result.detail);
  return result.accepted;
}

async function codeOf(offered: StoredAssignment, where: AcceptContext = context): Promise<string | null> {
  const result = await acceptAssignment(offered, where);
  return result.ok ? null : result.code;
}
