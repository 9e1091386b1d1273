/** A number with its noun: "1 file", "2 files", "2 entries". */
export function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : nouns}`;
}
