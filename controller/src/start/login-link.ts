import { createHash, randomBytes } from "node:crypto";
import { join } from "node:path";
import { writePrivate } from "../config/private-file.ts";

/** A new address that opens the portal once. Whoever may write the state folder may make one; the token itself is kept nowhere. */
export async function makeLoginLink(loginFolder: string, url: string): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  const digest = createHash("sha256").update(token).digest("hex");
  await writePrivate(join(loginFolder, digest), "");
  return `${url}/session?token=${token}`;
}
