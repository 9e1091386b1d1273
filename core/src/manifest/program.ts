const shells = /^(?:sh|bash|dash|zsh|ksh|ash|fish|csh|tcsh|busybox|env|xargs|cmd\.exe|powershell|pwsh)$/;
const interpreters = /^(?:python|perl|ruby|node|php|lua|awk|gawk|mawk)[0-9.]*$/;

/**
 * Why a program may not be named in YAML, or null when it may: it must be an absolute path, and neither a shell nor an
 * interpreter that is handed its code as an argument, for then the argument would be a program nobody reviewed as one.
 */
export function programProblem(argv: readonly string[]): string | null {
  const [program = "", ...rest] = argv;
  if (!program.startsWith("/")) return "a program by its absolute path";
  const name = program.slice(program.lastIndexOf("/") + 1);
  if (shells.test(name)) return "a program that is no shell";
  if (!interpreters.test(name)) return null;
  const handed =
    /awk[0-9.]*$/.test(name) || rest.some((argument) => /^-(?:c|e|r|p|-eval|-print)/.test(argument));
  return handed ? "an interpreter with a reviewed file, not with code in an argument" : null;
}
