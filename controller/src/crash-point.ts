/** Named instants at which a test makes the process die as if the power went. */
export type CrashPointName =
  | "after-look"
  | "after-accept"
  | "after-publish"
  | "after-settle"
  | "after-judge"
  | "after-commit"
  | "after-answer"
  | "after-attachment"
  | "after-high-water"
  | "after-checkpoint";

/** Called each time the process passes a named instant. A no-op unless a test asked for that one. */
export type CrashPoint = (name: CrashPointName) => void;

/** What production uses. */
const noCrashPoint: CrashPoint = () => {};

/**
 * From `COMPLINE_CRASH_AT=<name>[:n]`: SIGKILL to this process the n-th time (default 1) it passes that point; `any`
 * counts every point.
 */
export function crashPointFrom(setting: string | undefined): CrashPoint {
  if (setting === undefined || setting === "") return noCrashPoint;
  const [wanted, count = "1"] = setting.split(":");
  let left = Number(count);
  return (name) => {
    if (wanted !== "any" && wanted !== name) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, "SIGKILL");
  };
}
