/**
 * `node --import .ci/easy-work.mjs PROGRAM`: a program of the product, but that blocks as easy as those of the tests have
 * work enough. For tests: nothing that is shipped can be told to take them.
 */
import { registerHooks } from "node:module";
import { easiestLimit } from "../core/src/ots/testdata/mine.ts";

const source = `export const mainnetLimit = () => ${easiestLimit()}n;`;

registerHooks({
  load: (url, context, next) =>
    url.endsWith("/core/src/ots/mainnet-limit.ts")
      ? { format: "module", source, shortCircuit: true }
      : next(url, context),
});
