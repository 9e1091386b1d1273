import type { AgentError } from "../errors.ts";

/** 2 flags or configuration, 3 could not run. */
export function exitCodeOf({ code }: AgentError): 2 | 3 {
  return code === "CONFIG_INVALID" ? 2 : 3;
}
