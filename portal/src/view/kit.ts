import type { SiteView, Snapshot } from "@compline/core";
import { frameworksOf } from "./lookup.ts";

/** What a reader can choose of a kit, and what is chosen to begin with. */
export interface KitChoice {
  /** The address that makes it. */
  readonly action: string;
  /** Days, as a date field has them. */
  readonly from: string;
  readonly to: string;
  readonly frameworks: readonly { readonly id: string; readonly title: string; readonly isChosen: boolean }[];
  /** The command that makes the same, for whoever has the controller's machine. */
  readonly command: string;
}

/** A quarter: what is most often asked for. */
const DAYS = 91;
const DAY_MS = 86_400_000;

/** The kit of a site up to the day of the snapshot; of a framework, when one is given. */
export function kitChoice(snapshot: Snapshot, site: SiteView, framework: string | undefined): KitChoice {
  const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const asOf = Date.parse(snapshot.asOf);
  const [from, to] = [dayAt(asOf - DAYS * DAY_MS), dayAt(asOf)];
  const chosen = framework === undefined ? "" : ` --framework ${framework}`;
  return {
    action: `/v1/sites/${site.id}/kit`,
    from,
    to,
    frameworks: frameworksOf(snapshot, site).map(({ id, title }) => ({
      id,
      title,
      isChosen: id === framework,
    })),
    command: `npx compline kit --site ${site.name} --from ${from} --to ${to}${chosen} --out ${site.name}.zip`,
  };
}
