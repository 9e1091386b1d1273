/** Who must have signed a checkpoint: verifier keys in their text form, and how many of the witnesses. */
export interface CheckpointPolicy {
  readonly log: { readonly vkey: string } | null;
  readonly witnesses: readonly { readonly vkey: string }[];
  readonly quorum: number;
}

const GROUP = "witnesses";

/**
 * The text of a policy that tools of others read (C2SP tlog-policy). It asks for the quorum on one checkpoint, which is
 * stricter than FORMAT.md 5.6. Null when more witnesses are asked for than there are keys: the format has no such quorum.
 */
export function encodePolicy({ log, witnesses, quorum }: CheckpointPolicy): string | null {
  // A key under two names is one witness, and the format takes it once.
  const keys = [...new Map(witnesses.map(({ vkey }) => [keyPart(vkey), vkey])).values()];
  if (quorum > keys.length) return null;
  const names = keys.map((vkey, at) => `${at + 1}:${vkey.slice(0, vkey.indexOf("+"))}`);
  return [
    ...(log === null ? [] : [`log ${log.vkey}`]),
    ...keys.map((vkey, at) => `witness ${names[at]} ${vkey}`),
    ...(quorum === 0 ? ["quorum none"] : [`group ${GROUP} ${quorum} ${names.join(" ")}`, `quorum ${GROUP}`]),
    "",
  ].join("\n");
}

/** Of `name+id+key`; the key may have a plus itself, a name has none. */
function keyPart(vkey: string): string {
  return vkey.split("+").slice(2).join("+");
}
