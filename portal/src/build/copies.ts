import type { SitePart } from "@compline/core";
import { assignmentUrl, envelopeUrl } from "../view/urls.ts";

/** A file that the site carries byte for byte. */
export interface Copy {
  readonly path: string;
  readonly text: string;
}

/** What a reader needs, beside the trust file, to verify a site without the controller: envelopes and assignments. */
export function copies({ site, assignments }: SitePart): readonly Copy[] {
  return [
    ...site.bundles.map(({ digest, envelope }) => ({ path: envelopeUrl(digest), text: envelope })),
    ...assignments.flatMap(({ digest, text, signature }) => [
      { path: assignmentUrl(digest), text },
      { path: `/assignments/${digest}.sig`, text: signature },
    ]),
  ];
}
