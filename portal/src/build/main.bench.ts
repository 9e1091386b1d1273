import { benchBuild } from "../fixture/bench-build.ts";

/** The whole build of the portal of 100 sites, each with ten hosts, ten frameworks and all Linux checks. */
export const bench = {
  figures: [{ name: "portal_build_100_sites_s", unit: "s", goal: "<= 20" }],
  runs: 3,
  prepare: async () => {
    const { build, close } = await benchBuild(100);
    return { run: async () => ({ values: { portal_build_100_sites_s: build().seconds } }), close };
  },
};
