import { pairKey } from "../evidence/state.ts";
import type { Instant } from "../evidence/statement.ts";
import type { SiteNode } from "../graph/graph.ts";
import { type HostCheckInput, hostCheckVerdicts } from "../verdict/host-checks.ts";
import { silentAfterMs } from "./appliance-view.ts";
import type { ReceivedReport } from "./input.ts";
import type { HeldPair } from "./report.ts";
import type { HeldView, ResultView } from "./snapshot.ts";

/** What every host-check of a site came to, and why its appliance says that it does not heal what fails. */
export function siteResults(input: HostCheckInput, site: SiteNode): readonly ResultView[] {
  const held = heldAt(input, site);
  const verdicts = hostCheckVerdicts(input, site);
  if (held.size === 0) return verdicts;
  return verdicts.map((one) => {
    const own = one.verdict === "fail" ? held.get(pairKey(one.host, one.check)) : undefined;
    return own === undefined ? one : { ...one, held: own };
  });
}

/** Of each host what its own appliance says. */
function heldAt({ reports, now }: HostCheckInput, { document, appliances }: SiteNode): HeldPairs {
  const own = new Map(document.spec.hosts.map(({ id, appliance }) => [id, appliance]));
  const held = [...appliances.values()].flatMap(({ name, spec }) => {
    const received = spec.id === undefined ? undefined : reports.get(spec.id);
    return received === undefined
      ? []
      : heldPairs(received, now).filter(({ host }) => own.get(host) === name);
  });
  return new Map(held.map(({ host, check, code, until }) => [pairKey(host, check), { code, until }]));
}

type HeldPairs = ReadonlyMap<string, HeldView>;

/** What a box that is silent said is no longer true. */
function heldPairs({ report, receivedAt }: ReceivedReport, now: Instant): readonly HeldPair[] {
  return Date.parse(now) - Date.parse(receivedAt) >= silentAfterMs ? [] : report.held;
}
