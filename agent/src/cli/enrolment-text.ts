import { X509Certificate } from "node:crypto";
import { type BoxCeiling, controllerFingerprint, enrolmentFingerprint } from "@compline/core/appliance";
import type { ApplianceConfig } from "../state/appliance-config.ts";
import type { Identity } from "../state/identity.ts";

/** An enrolment as it is printed: the document alone, so that it can be sent to a file, and what people need beside it. */
export interface EnrolmentText {
  /** YAML of the Appliance, ready for the partner's repository. */
  readonly document: string;
  readonly explanation: string;
}

/** Describes the enrolment that a folder holds. */
export function describeEnrolment(
  folder: string,
  config: ApplianceConfig,
  { id, publicKey }: Pick<Identity, "id" | "publicKey">,
): EnrolmentText {
  const { name, controller, controllerKey, certificate, ceiling } = config;
  const path = `sites/<partner>/<site>/appliances/${name}.yaml`;
  return {
    document: documentOf(name, id, publicKey),
    explanation: [
      `${folder}: appliance ${name}. Its private key was born there and stays there.`,
      `Put the document into ${path}, by pull request.`,
      "",
      `fingerprint of the enrolment   ${enrolmentFingerprint(id, publicKey)}`,
      `  must be what the reviewer sees:  npx compline enrolment ${path}`,
      `fingerprint of the controller  ${controllerFingerprint(controllerKey)}`,
      "  must be what its operator sees:  npx compline controller-key",
      "",
      `controller   ${controller}`,
      `certificate  ${certificate === undefined ? "none pinned" : `SHA-256 ${new X509Certificate(certificate).fingerprint256}`}`,
      `ceiling      ${describeCeiling(ceiling)}`,
    ].join("\n"),
  };
}

/** A ceiling in words. */
export function describeCeiling({ mode, risk, argv, hosts }: BoxCeiling): string {
  const which = hosts === "all" ? "every host may be changed" : "practice hosts only may be changed";
  return `healing mode ${mode}, risk ${risk}, ${which}, programs are ${argv ? "" : "not "}run`;
}

function documentOf(name: string, id: string, publicKey: string): string {
  return [
    "# yaml-language-server: $schema=../../../../schemas/appliance/v1.schema.json",
    "apiVersion: compline.dev/v1",
    "kind: Appliance",
    "metadata:",
    `  name: ${name}`,
    "spec:",
    `  id: ${id}`,
    // Quoted: 64 digits, or digits around an "e", would be a number.
    `  publicKey: "${publicKey}"`,
    "",
  ].join("\n");
}
