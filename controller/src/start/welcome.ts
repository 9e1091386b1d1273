import type { Inventory } from "./inventory.ts";

/** What the last words of a start rest on. */
export interface WelcomeFacts {
  /** The one-time address of the portal. */
  readonly link: string;
  readonly elapsed: string;
  readonly inventory: Pick<Inventory, "sites" | "appliances">;
  /** `--repo` and `--state` as they were given, each with a space before it; empty in the folder itself. */
  readonly flags: string;
}

/** Where the portal is, and three things to try in a second terminal, with the names that this repository has. */
export function welcome({ link, elapsed, inventory, flags }: WelcomeFacts): string {
  const tips = tipsFor(inventory, flags);
  return `
Ready after ${elapsed}. The portal (this address opens it once; \`npx compline status --link${flags}\` prints another):

  ${link}

Three things to try, each in a second terminal:
${tips.map(({ command, effect }, index) => `  ${index + 1}. ${command}\n     ${effect}`).join("\n")}

Ctrl-C stops everything.`;
}

interface Tip {
  readonly command: string;
  readonly effect: string;
}

function tipsFor({ sites, appliances }: WelcomeFacts["inventory"], flags: string): readonly Tip[] {
  const site = sites.find(({ hasPractice }) => hasPractice) ?? sites[0];
  const tips: readonly (Tip | null)[] = [
    appliances.some(({ practice }) => practice.length > 0)
      ? {
          command: `npx compline demo break sshd-root-login${flags}`,
          effect: "break the practice host; watch fail, heal and pass in the portal",
        }
      : {
          command: `npx compline plan${flags}`,
          effect: "after an edit: what it would do, before you commit it",
        },
    { command: `npx compline status${flags}`, effect: "what is known now, and what is not applied and why" },
    site === undefined
      ? null
      : {
          command: `npx compline export --site ${site.name} --out evidence${flags}`,
          effect: "then npx compline verify evidence",
        },
  ];
  return tips.filter((tip) => tip !== null);
}
