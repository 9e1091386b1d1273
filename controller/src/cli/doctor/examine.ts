import type { Machine } from "./machine.ts";

/**
 * One thing that Compline needs or likes to have. `missing` keeps it from running; `optional` is not there, and only
 * something beside the product does without.
 */
export interface Examined {
  readonly name: string;
  readonly state: "ok" | "missing" | "optional";
  /** What there is, in words. */
  readonly found: string;
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
}

/** What of a machine is as it should be, and what to do about the rest. */
export function examine(machine: Machine): readonly Examined[] {
  return [
    atLeast("Node", machine.node, [26, 0], "run npm start: it installs the Node that Compline brings"),
    atLeast("npm", machine.npm, [11, 0], "npm install --global npm@11"),
    atLeast("git", machine.git, [2, 36], "install git; on Debian: apt-get install git"),
    examinePackages(machine),
    examinePortal(machine),
    examineState(machine),
    examinePort(machine),
    examineProc(machine),
    examineClock(machine),
    examineChromium(machine),
  ];
}

function ok(name: string, found: string): Examined {
  return { name, state: "ok", found, remedy: null };
}

function atLeast(
  name: string,
  version: string | null,
  least: readonly [number, number],
  remedy: string,
): Examined {
  const needed = `${least.join(".")} or newer is needed`;
  if (version === null) return { name, state: "missing", found: `not found; ${needed}`, remedy };
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > least[0] || (major === least[0] && minor >= least[1]);
  return enough ? ok(name, version) : { name, state: "missing", found: `${version}; ${needed}`, remedy };
}

function examinePackages({ packages }: Machine): Examined {
  const name = "packages";
  const remedy = "npm start, or npm ci";
  if (packages === "current") return ok(name, "installed as locked");
  if (packages === "missing") return { name, state: "missing", found: "not installed", remedy };
  return {
    name,
    state: "optional",
    found: "not noted as installed by npm start; they may differ from the lock file",
    remedy,
  };
}

function examinePortal({ portalBuilt }: Machine): Examined {
  const name = "portal";
  if (portalBuilt) return ok(name, "its program is built");
  return { name, state: "optional", found: "not built yet", remedy: "none needed: the next start builds it" };
}

function examineState({ state }: Machine): Examined {
  const name = "state folder";
  if (state.writable) return ok(name, state.folder);
  const found = `${state.folder} cannot be written`;
  return { name, state: "missing", found, remedy: "name another one with --state, or change its owner" };
}

function examinePort({ port }: Machine): Examined {
  const name = "port";
  if (port.free) return ok(name, `${port.number} is free`);
  if (port.ownUrl?.endsWith(`:${port.number}`) === true) return ok(name, `Compline runs at ${port.ownUrl}`);
  const found = `${port.number} is in use by another program`;
  return { name, state: "missing", found, remedy: "stop that program, or start with --port <number>" };
}

function examineProc({ hasProc }: Machine): Examined {
  const name = "/proc";
  if (hasProc) return ok(name, "available");
  const remedy = "take care to start once for each state folder, or run on Linux";
  return { name, state: "optional", found: "not there; a second start is not noticed", remedy };
}

/** Evidence carries times. A machine whose clock was never set usually stands in 1970 or in its year of making. */
function examineClock({ nowMs }: Machine): Examined {
  const name = "clock";
  const found = new Date(nowMs).toISOString();
  const year = Number(found.slice(0, 4));
  if (year >= 2026 && year < 2100) return ok(name, found);
  return { name, state: "missing", found, remedy: "set the clock, best by NTP: evidence carries its times" };
}

function examineChromium({ chromium }: Machine): Examined {
  const name = "chromium";
  if (chromium !== null) return ok(name, chromium);
  const remedy = "only the browser tests use it; on Debian: apt-get install chromium";
  return { name, state: "optional", found: "not found", remedy };
}
