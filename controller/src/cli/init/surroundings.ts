import type { ProgramReference } from "./program-reference.ts";
import type { NewFile } from "./sites.ts";

/** No account of GitHub can have this name (two hyphens in a row), so a forgotten one is refused and fetches nothing. */
const unknownRepository = "replace--me/compline";

/** What a partner repository holds beside the library and its sites: workflow, owners, editor settings, README. */
export function surroundings(partner: string, folder: string, program: ProgramReference): NewFile[] {
  return [
    { path: ".github/workflows/validate.yml", text: workflow(program) },
    { path: ".github/CODEOWNERS", text: owners(partner) },
    { path: ".vscode/settings.json", text: `${JSON.stringify(editorSettings, null, 2)}\n` },
    { path: ".editorconfig", text: editorConfig },
    { path: ".gitattributes", text: "* text eol=lf\n" },
    { path: ".gitignore", text: ".compline/\n" },
    { path: "README.md", text: readme(partner, folder) },
  ];
}

function workflow({ repository, revision }: ProgramReference): string {
  const name = repository ?? unknownRepository;
  const commit = revision ?? "0".repeat(40);
  const missing =
    repository !== null && revision !== null
      ? ""
      : `# Before the first push, write here where your copy of Compline is on GitHub (four times below, twice the repository
# and twice a commit of it): the checkout that made this file did not know.
`;
  return `${missing}name: validate
on:
  # Never pull_request_target: a pull request is judged without any rights of this repository.
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  validate:
    # By commit, so that what runs is what was reviewed. To upgrade, change the commit in both lines.
    uses: ${name}/.github/workflows/validate.yml@${commit}
    with:
      repository: ${name}
      revision: ${commit}
`;
}

function owners(partner: string): string {
  return `# Who must approve what (GitHub asks them when a branch rule requires a review from code owners).
# Put your own teams in and take the first # away. The last line that matches a file counts.
#
# *                    @your-organisation/everyone
# /frameworks/         @your-organisation/compliance
# /policies/           @your-organisation/compliance
# /runbooks/           @your-organisation/compliance @your-organisation/engineering
# /sites/${partner}/   @your-organisation/operations
# /.github/            @your-organisation/security
`;
}

/** Which schema goes with which path, for files that do not say so in their first line. */
const editorSettings = {
  "yaml.schemas": {
    "./schemas/framework/v1.schema.json": "frameworks/*/framework.yaml",
    "./schemas/controlfamily/v1.schema.json": "frameworks/*/controls/*.yaml",
    "./schemas/preset/v1.schema.json": "frameworks/presets/*.yaml",
    "./schemas/check/v1.schema.json": "policies/checks/*/*.yaml",
    "./schemas/rule/v1.schema.json": "policies/rules/*.yaml",
    "./schemas/drill/v1.schema.json": "runbooks/*/*.drill.yaml",
    "./schemas/runbook/v1.schema.json": ["runbooks/*/*.yaml", "!runbooks/*/*.drill.yaml"],
    "./schemas/partner/v1.schema.json": "sites/*/partner.yaml",
    "./schemas/site/v1.schema.json": "sites/*/*/site.yaml",
    "./schemas/appliance/v1.schema.json": "sites/*/*/appliances/*.yaml",
  },
  "files.eol": "\n",
};

const editorConfig = `root = true
[*]
charset = utf-8
end_of_line = lf
indent_style = space
indent_size = 2
insert_final_newline = true
trim_trailing_whitespace = true
`;

function readme(partner: string, folder: string): string {
  return `# ${partner}

What must be true of every site, as reviewed YAML. Compline reads it, looks at the hosts, and keeps signed evidence.

| folder | what |
|---|---|
| \`sites/${partner}/\` | the partner, its sites, their hosts, and how far healing goes |
| \`frameworks/\` | what each framework asks, and which checks show something about it |
| \`policies/\` | checks (how to look) and rules (which failed check leads to which runbook) |
| \`runbooks/\` | how to heal, and beside each a drill that breaks the thing for real |
| \`schemas/\` | for editors: completion and errors while you type |

In a checkout of Compline that lies beside this folder:

\`\`\`sh
npx compline doctor                # what is missing on this machine
npx compline validate --repo ../${folder}   # what is wrong, and where
npx compline plan --repo ../${folder}   # what the files would change
npx compline start --repo ../${folder}   # look at this machine, and open the portal
\`\`\`

A pull request is validated by \`.github/workflows/validate.yml\`: findings stand at their lines, the plan in the summary.

Somebody else than whoever runs Compline can watch your log of evidence (\`npx compline witness --help\`); on GitHub, Compline's
\`.github/workflows/witness.yml\` does it when a workflow of yours calls it.

First steps: your own names in \`.github/CODEOWNERS\`; display names and time zone in \`sites/\`; then a branch rule on
\`main\` that requires a pull request, a review from code owners, and the check \`validate\`.
`;
}
