import type { AnyDocument } from "./document.ts";
import type { SourceFile } from "./parse-document.ts";
import { placeOf } from "./place.ts";
import { member, readYaml } from "./yaml.ts";

/** A kill switch that a file engages, for a partner or for one of its sites. */
export interface EngagedKillSwitch {
  readonly partner: string;
  readonly site: string | null;
  readonly reason: string;
}

/**
 * The kill switch a partner's or a site's file engages, or null. It is read even from a file that is otherwise wrong,
 * as long as it is YAML: a refused tree must not keep anybody from stopping the healing. `document` is what the file
 * gave, if it gave one: then the text is not read again.
 */
export function readKillSwitch(
  file: SourceFile,
  document: AnyDocument | null = null,
): EngagedKillSwitch | null {
  const place = placeOf(file.path);
  if (place?.partner === null || place?.partner === undefined) return null;
  if (place.kind !== "Partner" && place.kind !== "Site") return null;
  if (file.text.length > 256 * 1024) return null;
  const written = engagedIn(document ?? readYaml(file.text).document?.value);
  return written === null ? null : { partner: place.partner, site: place.site, reason: written };
}

function engagedIn(value: unknown): string | null {
  const killSwitch = member(member(value, "spec"), "killSwitch");
  if (member(killSwitch, "engaged") !== true) return null;
  const reason = member(killSwitch, "reason");
  return typeof reason === "string" ? reason.slice(0, 300) : "";
}
