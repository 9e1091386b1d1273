import type { HealingMode, Risk, RuleSpec, RunbookSpec } from "@compline/schemas";
import { RISKS } from "../heal/guards.ts";
import type { HealRecord } from "./statement.ts";

/** The members of a rule that say what it leads to, and how often. */
export type JudgedRule = Pick<
  RuleSpec,
  "check" | "platforms" | "runbook" | "owner" | "cooldown" | "maxAttempts" | "window"
>;

/** The members of a runbook that say how far it goes. */
export type JudgedRunbook = Pick<RunbookSpec, "risk" | "disruptive" | "reboot">;

/** What an assignment says of heals; all of it is optional in a file, and all of it is needed to judge by it. */
export interface DeclaredLimits {
  readonly healing: { readonly mode: HealingMode; readonly riskCeiling?: Risk };
  readonly hosts?: readonly { readonly id: string; readonly platform: string }[];
  readonly definitions?: {
    readonly rules: Readonly<Record<string, JudgedRule>>;
    readonly runbooks: Readonly<Record<string, JudgedRunbook>>;
  };
}

/** What a box may do by itself; everything else is left to people. */
export interface HealLimits {
  readonly mode: HealingMode;
  readonly riskCeiling: Risk;
  readonly rules: ReadonlyMap<string, JudgedRule>;
  readonly runbooks: ReadonlyMap<string, JudgedRunbook>;
  /** By the host's ULID. */
  readonly platforms: ReadonlyMap<string, string>;
}

/** The limits that an assignment declares; null when its file does not say all of them. */
export function limitsOf({ healing, hosts, definitions }: DeclaredLimits): HealLimits | null {
  const { mode, riskCeiling } = healing;
  if (hosts === undefined || definitions === undefined || riskCeiling === undefined) return null;
  return {
    mode,
    riskCeiling,
    rules: new Map(Object.entries(definitions.rules)),
    runbooks: new Map(Object.entries(definitions.runbooks)),
    platforms: new Map(hosts.map(({ id, platform }) => [id, platform])),
  };
}

/** Why a heal that ran was not the box's to do, whatever anybody on the box allows; null when it was. FORMAT.md section 5.4. */
export function beyondLimits(heal: HealRecord, limits: HealLimits): string | null {
  if (heal.rule === null) return "names no rule";
  const rule = limits.rules.get(heal.rule);
  if (rule === undefined) return `names rule ${heal.rule}, which the assignment does not have`;
  return beyondRule(heal, rule, limits) ?? beyondRunbook(rule, limits);
}

function beyondRule(
  { host, check, rule, runbook }: HealRecord,
  declared: JudgedRule,
  { platforms }: HealLimits,
): string | null {
  const platform = platforms.get(host);
  if (declared.check !== check) return `ran by rule ${rule}, which is for ${declared.check}`;
  if (declared.runbook !== runbook) return `ran ${runbook}, and rule ${rule} leads to ${declared.runbook}`;
  if (platform !== undefined && !declared.platforms.some((each) => each === platform))
    return `ran by rule ${rule}, which is not for ${platform}`;
  return declared.owner === "agent" ? null : `ran by rule ${rule}, which leaves it to ${declared.owner}`;
}

function beyondRunbook({ runbook }: JudgedRule, { runbooks, riskCeiling, mode }: HealLimits): string | null {
  const declared = runbooks.get(runbook);
  if (declared === undefined) return `ran ${runbook}, which the assignment does not have`;
  const { risk, disruptive, reboot } = declared;
  if (RISKS.indexOf(risk) > RISKS.indexOf(riskCeiling))
    return `ran ${runbook}, whose risk is ${risk}; the box may go as far as ${riskCeiling}`;
  if (mode !== "standard" || !(disruptive || reboot)) return null;
  return `ran ${runbook}, which ${reboot ? "restarts the host" : "is disruptive"}; in mode standard a person does`;
}
