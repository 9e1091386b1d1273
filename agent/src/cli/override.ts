import { durationMs } from "@compline/core/appliance";
import { toInstant } from "../clock.ts";
import { AgentError } from "../errors.ts";
import { isReason } from "../state/decision-file.ts";
import { writeOverride } from "../state/override.ts";
import { readDecision } from "../state/suspension.ts";
import { readFolder } from "./folder.ts";

/** What a person allows, and why. */
export interface OverrideOptions {
  readonly reason: string;
  /** A duration as in YAML. */
  readonly for: string;
  /** This machine's clock, in milliseconds since 1970. */
  readonly now: number;
}

const DURATION = /^[1-9][0-9]{0,4}[smhd]$/;
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * Lets each failing pair be healed once more although this box's own pauses hold it back. Durable when it returns, whether an
 * agent runs or not.
 * @throws AgentError CONFIG_INVALID when the folder is no appliance's, or reason or duration are not of their form
 */
export function override(folder: string, { reason, for: span, now }: OverrideOptions): string {
  const { name } = readFolder(folder);
  if (!isReason(reason))
    throw new AgentError("CONFIG_INVALID", "--reason: expected one line of 1 to 200 printable characters");
  const ms = DURATION.test(span) ? durationMs(span) : 0;
  if (ms === 0 || ms > LONGEST_MS)
    throw new AgentError(
      "CONFIG_INVALID",
      `--for: expected a duration of at most 24h, such as 30m; found ${span}`,
    );
  const until = toInstant(now + ms);
  writeOverride(folder, { since: toInstant(now), until, reason });
  const suspended = readDecision(folder)?.suspended === true;
  return [
    `${name}: until ${until} each failing check may be healed once more, although it was ${HELD}.`,
    LIMITS,
  ]
    .concat(suspended ? [SUSPENDED] : [])
    .join("\n");
}

const HELD = "just tried, failed too often, flaps, or too many heals failed";

const LIMITS = `Everything else holds as before: maintenance windows, kill switches, the site's mode, this box's ceiling, healUntil.
The agent signs the event first: at once, or when it next runs before then.`;

const SUSPENDED = "This box is suspended, so nothing is healed until `compline-agent resume`.";
