import { enrolmentFingerprint, loadTree } from "@compline/core";
import { readFile } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { printReport } from "./diagnostics/formats.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";

/** The arguments of `compline enrolment`. */
export interface EnrolmentOptions {
  readonly repo: string;
  readonly files: readonly string[];
}

/** Prints the fingerprint of each file that enrols an appliance, to be compared with what the box itself prints. */
export async function enrolment({ repo, files }: EnrolmentOptions): Promise<ExitCode> {
  const root = resolve(repo);
  const texts = await Promise.all(files.map((file) => readText(root, file)));
  const { documents, diagnostics } = loadTree(texts);
  if (diagnostics.length > 0) {
    process.stdout.write(`${printReport({ files: files.length, diagnostics }, "text")}\n`);
    return ExitCode.findings;
  }
  for (const document of documents) {
    if (document.kind !== "Appliance") throw new CliError("usage", `${document.path} is no appliance's file`);
    const { id, publicKey } = document.spec;
    const fingerprint =
      id === undefined || publicKey === undefined
        ? "declared, not enrolled: it has no key"
        : enrolmentFingerprint(id, publicKey);
    process.stdout.write(`${document.path}\n  ${fingerprint}\n`);
  }
  return ExitCode.clean;
}

async function readText(root: string, file: string): Promise<{ path: string; text: string }> {
  const path = relative(root, resolve(file)).split(sep).join("/");
  try {
    return { path, text: await readFile(file, "utf8") };
  } catch (cause) {
    throw new CliError("usage", `${file} cannot be read`, { cause });
  }
}
