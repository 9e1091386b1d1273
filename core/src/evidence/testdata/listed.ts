import { sha256Hex } from "../digest.ts";
import { readEnvelope } from "../envelope.ts";
import { populationOf } from "../sample.ts";
import { MANIFEST_PATH } from "../kit-files.ts";
import { encodeManifest, type KitManifest } from "../kit-manifest.ts";
import type { Tamper } from "./forgeries.ts";
import { timeAt } from "./statements.ts";

const twelveMinutes: Pick<KitManifest, "from" | "to"> = { from: timeAt(0), to: timeAt(12) };

/** The kit's own list of its files as they are by then, for a period, and how it differs from an honest one. */
export function listed(
  bend: (manifest: KitManifest) => KitManifest = (honest) => honest,
  period: Pick<KitManifest, "from" | "to"> = twelveMinutes,
): Tamper {
  return ({ files, ids }) => {
    const bundles = [...files].flatMap(([path, bytes]) => {
      const read = readEnvelope(bytes);
      return read.ok ? [{ path, digest: read.digest, predicate: read.statement.predicate }] : [];
    });
    const manifest: KitManifest = {
      schemaVersion: "1",
      partner: ids.partner,
      site: ids.site,
      names: { partner: "Lanternfish", site: "Tidewell Clinic" },
      framework: null,
      ...period,
      population: populationOf(bundles, period).length,
      sample: [],
      seed: null,
      files: [...files].map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes) })),
    };
    files.set(MANIFEST_PATH, encodeManifest(bend(manifest)));
  };
}

/** Puts any bytes under a name. */
export function put(path: string, ...bytes: readonly number[]): Tamper {
  return ({ files }) => void files.set(path, Uint8Array.from(bytes));
}
