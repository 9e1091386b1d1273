import { join } from "node:path";
import { statePaths } from "../config/config.ts";
import { ControllerError } from "../errors.ts";
import type { InForce } from "../reconcile/offline.ts";
import { Mirror } from "../source/mirror.ts";
import { findSite, type FoundSite } from "./find-site.ts";
import { makeKit, type MadeKit, type SampleRequest } from "./make-kit.ts";
import type { Period } from "./period.ts";
import { readPrograms } from "./programs.ts";
import { reviewedIn } from "./reviewed-files.ts";
import { chainsOf, trustOfSite } from "./site-evidence.ts";
import { type TellStep, untold } from "./steps.ts";

/** What is asked of a controller's folder. */
export interface KitQuestion {
  /** Name or ULID. */
  readonly site: string;
  readonly period: Period;
  /** Name of the framework that is audited, or null; the evidence is the same. */
  readonly framework: string | null;
  readonly sample: SampleRequest | null;
}

/** A kit, and of which site it is. */
export interface SiteKit extends MadeKit {
  readonly site: Pick<FoundSite, "name" | "displayName">;
  /** What the site's appliances signed for other sites, in words; null when nothing. */
  readonly elsewhere: string | null;
}

/**
 * The kit of a site: the same question to the same folder gives the same bytes, whoever asks. Throws SITE_UNKNOWN,
 * KIT_INVALID for a framework that the site does not follow, KIT_EMPTY, KIT_NOT_READY, STORE_IO, GIT_FAILED.
 */
export async function makeSiteKit(
  inForce: InForce,
  question: KitQuestion,
  tell: TellStep = untold,
): Promise<SiteKit> {
  const { store, partners } = inForce;
  const { period, framework, sample } = question;
  const site = findSite(partners, question.site);
  const { id, name, displayName, partnerName, frameworks } = site;
  const names = { partner: partnerName, site: displayName };
  if (framework !== null && !frameworks.includes(framework))
    throw new ControllerError(
      "KIT_INVALID",
      `${name} does not follow framework ${JSON.stringify(framework)}; it follows ${frameworks.join(", ") || "none"}`,
    );
  const programs = await readPrograms();
  const trust = await trustOfSite(site, store);
  const { chains, elsewhere } = await chainsOf(store, trust, tell);
  const mirror = mirrorOf(site.partner.source, inForce);
  const read = reviewedIn(mirror.objects);
  const request = { store, chains, site: id, names, trust, period, framework, sample, read, programs, tell };
  const made = await makeKit(request).finally(() => mirror.close());
  if (made.bundles > 0) return { ...made, elsewhere, site: { name, displayName } };
  throw new ControllerError(
    "KIT_EMPTY",
    `there is no evidence of ${displayName} from ${period.from} to ${period.to}${
      made.left === null ? "" : `, but for ${made.left}`
    }`,
  );
}

function mirrorOf(name: string, { config }: InForce): Mirror {
  const address = config.sources.find((source) => source.name === name);
  if (address === undefined) throw new Error(`unreachable: ${name} is a source of a partner in force`);
  return Mirror.attach(address, join(statePaths(config.state).mirrors, `${name}.git`));
}
