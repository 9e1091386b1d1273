import { hash } from "node:crypto";
import type { Sha256 } from "@compline/core/appliance";

/** SHA-256 as lowercase hex, by Node: about four times as fast as the portable one. */
export const nodeSha256: Sha256 = (bytes) => hash("sha256", bytes, "hex");
