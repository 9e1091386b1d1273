import type { Store } from "../contract.ts";

/**
 * A store whose n-th write fails: `before` it happened, or `after` it happened but before its caller hears of it, as
 * when the process dies in between. All later calls fail, too.
 */
export function tearingStore(store: Store, n: number, when: "before" | "after"): Store {
  let writes = 0;
  const isWrite = (name: string): boolean => /^(commit|put|record|end|erase$)/.test(name);
  const call = async (name: string, work: () => Promise<unknown>): Promise<unknown> => {
    if (isWrite(name)) writes += 1;
    const isTorn = writes > n || (writes === n && isWrite(name));
    if (isTorn && (when === "before" || writes > n)) throw new Error("torn");
    const result = await work();
    if (isTorn) throw new Error("torn");
    return result;
  };
  return new Proxy(store, {
    get: (target, name: keyof Store) => {
      // Every member of a store is a method that answers a promise.
      const method = target[name] as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => call(name, () => method(...args));
    },
  });
}
