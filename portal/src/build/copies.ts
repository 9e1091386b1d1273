import type { Snapshot } from "@compline/core";
import { assignmentUrl, envelopeUrl } from "../view/urls.ts";

/** A file that the site carries byte for byte. */
export interface Copy {
  readonly path: string;
  readonly text: string;
}

/** What a reader needs to verify without the controller: envelopes, assignments with signatures, the trust file. */
export function copies(snapshot: Snapshot): readonly Copy[] {
  const bundles = snapshot.sites.flatMap((site) => site.bundles);
  return [
    { path: "/trust.json", text: snapshot.trust },
    ...bundles.map(({ digest, envelope }) => ({ path: envelopeUrl(digest), text: envelope })),
    ...snapshot.assignments.flatMap(({ digest, text, signature }) => [
      { path: assignmentUrl(digest), text },
      { path: `/assignments/${digest}.sig`, text: signature },
    ]),
  ];
}
