import type { BoxCeiling } from "@compline/core";
import { existsSync, readFileSync, watch } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Born } from "../desired/demo-branch.ts";
import { preparePractice } from "./practice.ts";
import type { ApplianceLayout, Layout } from "./layout.ts";
import type { DeclaredAppliance } from "./inventory.ts";
import { asCliError } from "./health.ts";
import { writePrivate } from "../config/private-file.ts";

/** What an appliance says of itself after its first start. */
interface Identity {
  readonly id: string;
  readonly publicKey: string;
}

/** Where the appliances find the controller, and the key that signs their assignments. */
export interface ControllerAddress {
  readonly url: string;
  readonly publicKey: string;
}

/**
 * What an appliance that is enrolled here may do at most, whatever an assignment says: heal practice hosts. The machine it
 * runs on is only looked at, even if somebody edits the healing mode or the hosts of its site.
 */
const CEILING: BoxCeiling = { mode: "full", risk: "medium", argv: false, hosts: "practice" };

/** Writes what an appliance needs before its first start, and copies the tree of a practice host. */
export async function prepareAppliance(
  layout: Layout,
  appliance: DeclaredAppliance,
  place: { repo: string; controller: ControllerAddress },
): Promise<void> {
  const own = layout.appliance(appliance.name);
  await mkdir(own.folder, { recursive: true, mode: 0o700 });
  const config = {
    schemaVersion: "1",
    name: appliance.name,
    controller: place.controller.url,
    controllerKey: place.controller.publicKey,
    ceiling: CEILING,
  };
  await writePrivate(own.config, `${JSON.stringify(config, null, 2)}\n`);
  for (const { shipped, root } of appliance.practice) {
    await preparePractice({ shipped: join(place.repo, shipped), root: join(own.folder, root) });
  }
}

/** The id of a box that was born here before; null when there is none. */
export function idOfBox(own: ApplianceLayout): string | null {
  if (!existsSync(own.identity)) return null;
  // Written by our own agent, whole or not at all.
  return (JSON.parse(readFileSync(own.identity, "utf8")) as Identity).id;
}

/** Waits until an appliance has made its key and written who it is. */
export async function waitForIdentity(own: ApplianceLayout, signal: AbortSignal): Promise<Identity> {
  while (!existsSync(own.identity)) await nextChange(own.folder, own.identity, signal);
  // Written by our own agent, whole or not at all.
  return JSON.parse(await readFile(own.identity, "utf8")) as Identity;
}

/** Resolves at the next change in a folder, or at once when the file has come between the look and the watch. */
function nextChange(folder: string, file: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = watch(folder, { signal });
    watcher.on("change", () => watcher.close());
    watcher.on("close", () =>
      signal.aborted
        ? reject(
            asCliError(
              signal.reason,
              "an appliance did not say who it is in time; appliances/agent.log in the state folder says why",
            ),
          )
        : resolve(),
    );
    watcher.on("error", (error) => {
      watcher.close();
      reject(error);
    });
    if (existsSync(file)) watcher.close();
  });
}

/** Everything that was born here, as the demo branch is to carry it. */
export async function collectBorn(
  layout: Layout,
  partner: { path: string; authorityPublicKey: string; logOrigin: string },
  appliances: readonly DeclaredAppliance[],
): Promise<Born> {
  const identities = await Promise.all(
    appliances.map(async ({ name, path }) => {
      const identity = await waitForIdentity(layout.appliance(name), AbortSignal.timeout(30_000));
      return { path, id: identity.id, publicKey: identity.publicKey };
    }),
  );
  return { partner, appliances: identities };
}
