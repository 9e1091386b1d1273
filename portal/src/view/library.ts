import type { CheckView, ControlView, FrameworkView, Snapshot } from "@compline/core";
import { asksText } from "./framework.ts";
import type { FleetEntry } from "./fleet-entry.ts";
import { frameworkNamed } from "./lookup.ts";
import type { Link } from "./results.ts";
import { type SharingFramework, sharingOf } from "./sharing.ts";
import { checkUrl, controlAnchor, familyAnchor, frameworkUrl } from "./urls.ts";

/** One control as the library has it, whatever a site shows. */
export interface LibraryControl {
  readonly control: ControlView;
  readonly anchor: string;
  readonly asks: string;
  /** What shares evidence with it, by framework. */
  readonly sharing: readonly SharingFramework[];
  readonly checks: readonly { readonly link: Link; readonly looksAt: string; readonly expected: string }[];
}

/** The page of one framework in the library. */
export interface LibraryPage {
  readonly framework: FrameworkView;
  readonly families: readonly {
    readonly title: string;
    readonly anchor: string;
    readonly controls: readonly LibraryControl[];
  }[];
  /** The sites that use it. */
  readonly sites: readonly Link[];
}

/** The library's page of the framework with this id. */
export function libraryPage(
  snapshot: Snapshot,
  fleet: readonly FleetEntry[],
  id: string | undefined,
): LibraryPage {
  const framework = frameworkNamed(snapshot, id);
  const checks = new Map(snapshot.checks.map((check) => [check.name, check]));
  return {
    framework,
    families: framework.families.map(({ name, title, controls }) => ({
      title,
      anchor: familyAnchor(name),
      controls: controls.map((control) => ({
        control,
        anchor: controlAnchor(framework, control.id),
        asks: asksText(control),
        sharing: sharingOf(snapshot.frameworks, framework, control),
        checks: control.checks.flatMap((check) => describedCheck(checks.get(check)) ?? []),
      })),
    })),
    sites: fleet
      .filter(({ frameworks }) => frameworks.includes(framework.id))
      .map(({ name, link }) => ({ text: link.text, url: frameworkUrl(name, framework.id) })),
  };
}

function describedCheck(check: CheckView | undefined): LibraryControl["checks"][number] | undefined {
  if (check === undefined) return undefined;
  const { name, title, looksAt, expected } = check;
  return { link: { text: title, url: checkUrl(name) }, looksAt, expected };
}
