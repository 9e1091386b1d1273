import type { Command } from "commander";
import type { ExitCode } from "../exit-code.ts";
import type * as events from "./events.ts";

type Events = typeof events;
type Done = (code: ExitCode) => void;

/** Adds `compline authority` and what is below it; the work is loaded when one of them runs. */
export function addAuthority(program: Command, done: Done): void {
  const authority = program
    .command("authority")
    .description("what a partner's authority decides: keys enrolled, revoked and rotated, forks, erasures");
  authority
    .command("init")
    .description("make an authority's key where it will be used, and print the lines for partner.yaml")
    .requiredOption("--key <file>", "the file to make")
    .addHelpText("after", "\nExamples:\n  compline authority init --key authority.key\n")
    .action(async (options: { key: string }) => {
      const { authorityInit } = await import("./key.ts");
      done(await authorityInit(options));
    });
  addKeyDecisions(authority, done);
  addChainDecisions(authority, done);
}

function addKeyDecisions(authority: Command, done: Done): void {
  decision(authority, "enrol", "say which key an appliance signs with, as its reviewed file does")
    .requiredOption("--file <path>", "the appliance's file, from the repository's root")
    .addHelpText(
      "after",
      examples("enrol --file sites/lanternfish/tidewell-clinic/appliances/front-box.yaml"),
    )
    .action(run("enrol", done));
  decision(authority, "revoke", "end what an appliance's key signed, from a place of its chain on")
    .requiredOption("--keyid <digits>", "the key's id, as `compline keys` shows it")
    .requiredOption("--last-trusted <digest>", "the last bundle of it that is good, or none")
    .option(
      "--compromised-at <time>",
      "bundles beyond count when an anchor shows them to be from before (UTC)",
    )
    .requiredOption("--reason <word>", "such as BOX_STOLEN")
    .requiredOption(
      "--file <path>",
      "a reviewed file of the partner with key id and last trusted bundle in one line",
    )
    .addHelpText(
      "after",
      examples(
        "revoke --keyid 4d72… --last-trusted 9c1f… --reason BOX_STOLEN --file sites/lanternfish/decisions/front-box.md",
      ),
    )
    .action(run("revoke", done));
  decision(
    authority,
    "rotate",
    "hand over to the key that the accepted partner.yaml pins; --key is the old one",
  )
    .addHelpText("after", examples("rotate"))
    .action(run("rotate", done));
}

function addChainDecisions(authority: Command, done: Done): void {
  const optional = "a reviewed file of the partner that names the bundles, from the repository's root";
  decision(authority, "fork", "say that bundles share a place of a chain, so that neither counts")
    .requiredOption("--digest <digests...>", "two or more bundles")
    .option("--file <path>", optional)
    .addHelpText("after", examples("fork --digest 9c1f… 77ab…"))
    .action(run("fork", done));
  decision(authority, "resolve", "say which branch of a fork counts, and open the epoch in which it goes on")
    .requiredOption("--of <ulid>", "the chain: the ULID of its appliance")
    .requiredOption("--surviving <digest>", "the last bundle of the branch that counts")
    .requiredOption("--new-epoch <number>", "one more than the chain's last epoch")
    .option("--file <path>", optional)
    .addHelpText("after", examples("resolve --of 01J0000000000000000000BXA1 --surviving 9c1f… --new-epoch 1"))
    .action(run("resolve", done));
  decision(authority, "tombstone", "have an envelope erased for good; its place in chain and log stays")
    .requiredOption("--digest <digest>", "the bundle")
    .requiredOption("--basis <word>", "such as ERASURE_REQUEST")
    .requiredOption(
      "--file <path>",
      "a reviewed file of the partner that names the bundle, from the repository's root",
    )
    .addHelpText(
      "after",
      examples(
        "tombstone --digest 9c1f… --basis ERASURE_REQUEST --file sites/lanternfish/decisions/erasure.md",
      ),
    )
    .action(run("tombstone", done));
}

/** A decision with the flags that all share. */
function decision(authority: Command, name: string, description: string): Command {
  return authority
    .command(name)
    .description(description)
    .requiredOption("--key <file>", "the authority's key")
    .option("--repo <dir>", "the repository that was reviewed; only what is committed counts", ".")
    .option("--partner <name>", "the partner, where the repository has several")
    .option(
      "--revision <commit>",
      "the reviewed commit (default: what the controller has in force, else HEAD)",
    )
    .option(
      "--link <url>",
      "the controller's address: asks it for the chain's end, and hands the decision in",
    )
    .option("--chain <dir>", "the authority's envelope files, in place of asking for the chain's end")
    .option(
      "--out <file>",
      "write the signed decision there; must not exist (default: sites/<partner>/decisions/ in --repo, to be committed)",
    );
}

function examples(arguments_: string): string {
  return `
A decision counts when the reviewed file that it carries out is in git at a commit that the controller accepted, and
names what is decided. What will be signed is printed first. The signed decision is a file of the repository: once it is
committed, the controller has it from git, without --link, and again after its store was set back.
For a controller that made its own certificate, set NODE_EXTRA_CA_CERTS to its tls.pem.

Examples:
  compline authority ${arguments_} --key authority.key --link https://control.example
  compline authority ${arguments_} --key authority.key --chain sites/lanternfish/decisions
`;
}

function run<K extends keyof Events>(
  name: K,
  done: Done,
): (options: Parameters<Events[K]>[0]) => Promise<void> {
  return async (options) => {
    const loaded = await import("./events.ts");
    // One member of a union of functions, called with the parameters of that very member.
    const work = loaded[name] as (options: Parameters<Events[K]>[0]) => Promise<ExitCode>;
    done(await work(options));
  };
}
