import { describe, expect, it } from "vitest";
import { Slots, type Touched } from "./slots.ts";

/** Work that ends when it is told to, and what began so far. */
function works(slots: Slots, all: Readonly<Record<string, Touched | null>>) {
  const begun: string[] = [];
  const end = new Map<string, () => void>();
  const done = Object.entries(all).map(([name, touches]) =>
    slots.run({
      touches,
      work: () => {
        begun.push(name);
        return new Promise<void>((resolve) => end.set(name, resolve));
      },
    }),
  );
  const finish = async (name: string): Promise<void> => {
    end.get(name)?.();
    await new Promise(setImmediate);
  };
  return { begun, finish, done };
}

describe("room for breaking things", () => {
  it("is bounded", async () => {
    const { begun, finish, done } = works(new Slots(2), {
      a: ["1"],
      b: ["2"],
      c: ["3"],
    });
    expect(begun).toEqual(["a", "b"]);
    await finish("b");
    expect(begun).toEqual(["a", "b", "c"]);
    await finish("a");
    await finish("c");
    await Promise.all(done);
  });

  it("is not given to two that touch the same thing; one that touches another does not wait for it", async () => {
    const { begun, finish, done } = works(new Slots(3), {
      a: ["sshd"],
      b: ["sshd", "x"],
      c: ["y"],
    });
    expect(begun).toEqual(["a", "c"]);
    await finish("c");
    expect(begun).toEqual(["a", "c"]);
    await finish("a");
    expect(begun).toEqual(["a", "c", "b"]);
    await finish("b");
    await Promise.all(done);
  });

  it("is given alone to what may touch anything", async () => {
    const { begun, finish, done } = works(new Slots(3), {
      a: ["x"],
      b: null,
      c: ["y"],
      d: ["z"],
    });
    expect(begun).toEqual(["a", "c", "d"]);
    for (const name of ["a", "c", "d"]) await finish(name);
    expect(begun).toEqual(["a", "c", "d", "b"]);
    const after = works(new Slots(3), { a: null, b: ["x"] });
    expect(after.begun).toEqual(["a"]);
    for (const name of ["a", "b"]) await after.finish(name);
    await finish("b");
    await Promise.all([...done, ...after.done]);
  });

  it("is given back by what fails", async () => {
    const slots = new Slots(1);
    await expect(
      slots.run({ touches: ["a"], work: () => Promise.reject(new Error("broke")) }),
    ).rejects.toThrow("broke");
    expect(await slots.run({ touches: ["a"], work: () => Promise.resolve(1) })).toBe(1);
  });
});
