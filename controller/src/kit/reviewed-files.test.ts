import { afterEach, beforeEach, expect, test } from "vitest";
import { nodeSha256 } from "../crypto.ts";
import { ObjectReader } from "../source/object-reader.ts";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import { type DerivedAssignment, reviewedFiles, reviewedIn } from "./reviewed-files.ts";

let repository: TestRepository;
let objects: ObjectReader;
beforeEach(async () => {
  repository = await makeRepository();
  objects = new ObjectReader(repository.folder);
});
afterEach(async () => {
  objects.close();
  await repository.remove();
});

const digest = (text: string): string => nodeSha256(Buffer.from(text));

/** An assignment of some files, as far as they are looked at. */
function assigned(
  generation: number,
  revision: string,
  files: Readonly<Record<string, string>>,
): DerivedAssignment {
  const listed = Object.entries(files).map(([path, text]) => [path, digest(text)]);
  const bytes = Buffer.from(JSON.stringify({ files: listed }));
  return { digest: nodeSha256(bytes), bytes, generation, revision };
}

async function filesOf(...assignments: readonly DerivedAssignment[]): Promise<Record<string, string>> {
  const files = await reviewedFiles(assignments, reviewedIn(objects));
  return Object.fromEntries(files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]));
}

test("are as they were at each revision, the newest version by its plain name", async () => {
  const first = await repository.commit({ "a/x.yaml": "old", "a/y.yaml": "same" });
  const second = await repository.commit({ "a/x.yaml": "new" });
  const files = await filesOf(
    assigned(1, first, { "a/x.yaml": "old", "a/y.yaml": "same" }),
    assigned(2, second, { "a/x.yaml": "new", "a/y.yaml": "same" }),
  );
  expect(files).toEqual({
    "policy/a/x.yaml": "new",
    [`policy/a/x.yaml.${digest("old").slice(0, 16)}`]: "old",
    "policy/a/y.yaml": "same",
  });
});

test("that git does not have, or has otherwise than the assignment says, are left out", async () => {
  const revision = await repository.commit({ "a/x.yaml": "x", "a/y.yaml": "y" });
  const files = { "a/x.yaml": "x", "a/y.yaml": "other", "a/z.yaml": "z" };
  expect(await filesOf(assigned(1, revision, files))).toEqual({ "policy/a/x.yaml": "x" });
  expect(await filesOf(assigned(1, "0".repeat(40), files))).toEqual({});
});

test("cannot be read when git is not there", async () => {
  const nowhere = reviewedIn(new ObjectReader("/nowhere"));
  await expect(reviewedFiles([assigned(1, "0".repeat(40), { a: "a" })], nowhere)).rejects.toMatchObject({
    code: "GIT_FAILED",
  });
});
