import type { AnyDocument, ManifestDocument } from "@compline/core";
import { join, posix } from "node:path";
import { CliError } from "./failure.ts";
import type { Layout } from "../start/layout.ts";

/** A practice host of the repository: where its shipped tree and its copy are. */
export interface PracticePlace {
  readonly host: string;
  readonly hostId: string;
  readonly site: string;
  readonly shipped: string;
  readonly root: string;
}

/** A drill and the practice host to break with it. */
export interface ChosenDrill {
  readonly drill: ManifestDocument<"Drill">;
  readonly place: PracticePlace;
}

/** All practice hosts that a tree declares. */
export function practicePlaces(
  documents: readonly AnyDocument[],
  repo: string,
  layout: Layout,
): PracticePlace[] {
  return documents.flatMap((document) => {
    if (document.kind !== "Site") return [];
    const folder = posix.dirname(document.path);
    return document.spec.hosts.flatMap((host) =>
      host.transport.root === undefined
        ? []
        : [
            {
              host: host.name,
              hostId: host.id,
              site: document.name,
              shipped: join(repo, folder, "practice", host.name),
              root: join(layout.appliance(host.appliance).folder, host.transport.root),
            },
          ],
    );
  });
}

/** Finds a drill by the name of its check or its own. Throws with the names there are when none matches. */
export function chooseDrill(
  documents: readonly AnyDocument[],
  name: string,
  places: readonly PracticePlace[],
): ChosenDrill {
  const drills = documents.filter((document) => document.kind === "Drill");
  const drill =
    drills.find(({ spec }) => spec.check === name) ?? drills.find((document) => document.name === name);
  if (drill === undefined) {
    const known = drills
      .map(({ spec }) => `  ${spec.check}`)
      .toSorted()
      .join("\n");
    throw new CliError("usage", `no drill breaks ${JSON.stringify(name)}; there are drills for\n${known}`);
  }
  const [place] = places;
  if (place === undefined)
    throw new CliError(
      "usage",
      "no site of this repository has a practice host (a local transport with root:)",
    );
  return { drill, place };
}
