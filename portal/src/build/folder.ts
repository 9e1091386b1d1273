import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A folder that files are written into, several at a time. */
export class Folder {
  readonly #root: string;
  /** Each is made once: asking for it again costs more than writing a page. */
  readonly #made = new Map<string, Promise<unknown>>();
  #writing: Promise<unknown>[] = [];
  #failure: { readonly reason: unknown } | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  /** Begins to write a file, and the folders on its path. */
  write(path: string, content: string | Uint8Array): void {
    this.#writing.push(
      this.#write(join(this.#root, path), content).catch((reason: unknown) => {
        this.#failure ??= { reason };
      }),
    );
  }

  /** Resolves when all that was begun is written; rejects with the first failure, when nothing is at work any more. */
  async flush(): Promise<void> {
    const writing = this.#writing;
    this.#writing = [];
    await Promise.all(writing);
    if (this.#failure !== null) throw this.#failure.reason;
  }

  async #write(file: string, content: string | Uint8Array): Promise<void> {
    const folder = dirname(file);
    const made = this.#made.get(folder) ?? mkdir(folder, { recursive: true });
    this.#made.set(folder, made);
    await made;
    await writeFile(file, content);
  }
}

/** The file of a page's path; the page for addresses that do not exist has the name servers look for. */
export function pageFile(path: string): string {
  return path === "/404/" ? "404.html" : `${path}index.html`;
}
