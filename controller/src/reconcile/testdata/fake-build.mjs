// Stands in for the portal's build: notes that it ran, waits for a file when told to, fails or writes one page.
import { appendFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const [folder, , input, , out] = process.argv.slice(2);
const [head] = (await readFile(input, "utf8")).split("\n");
const snapshot = JSON.parse(head);
await appendFile(`${folder}/runs`, `${snapshot.position}\n`);
while (existsSync(`${folder}/hold`)) await sleep(5);
if (existsSync(`${folder}/fail`)) {
  process.stderr.write("no such page\n");
  process.exit(1);
}
await mkdir(out);
await writeFile(`${out}/index.html`, String(snapshot.position));
