import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApplianceReport, Instant } from "@compline/core/appliance";
import type { RoomUsage } from "../store/room.ts";
import type { Pending } from "./keys.ts";
import { writeWhole } from "./durable-file.ts";

const FILE = "status.json";

/** What a running agent says of itself to whoever is on the box. Nothing rests on it: it may be lost or old. */
export interface SavedStatus {
  readonly report: ApplianceReport;
  /** Bundles that the evidence API refused and that are kept aside. */
  readonly refused: number;
  readonly room: RoomUsage;
  /** A new key that waits for its review. */
  readonly rotation: Pending | null;
  /** When the controller last answered, by this box's clock. */
  readonly lastContactAt: Instant | null;
  /** Effective now when it was written: the latest time evidence can carry. */
  readonly effectiveNow: Instant;
}

/** Replaces it. A disk that cannot take it is told of by what needs the disk. */
export function saveStatus(folder: string, status: SavedStatus): void {
  try {
    writeWhole(join(folder, FILE), Buffer.from(JSON.stringify(status)));
  } catch {
    // the one before stays, and says of when it is
  }
}

/** The last one; null when there is none that can be read. */
export function readStatus(folder: string): SavedStatus | null {
  try {
    return JSON.parse(readFileSync(join(folder, FILE), "utf8")) as SavedStatus; // written by `saveStatus`
  } catch {
    return null; // never written, or cut short by a power cut: then nothing is known
  }
}
