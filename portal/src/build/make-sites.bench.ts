import { benchBuild } from "../fixture/bench-build.ts";

/** The same for 1,000 sites, and the most memory that the build held. Once: it writes gigabytes. */
export const bench = {
  figures: [
    { name: "portal_build_1000_sites_s", unit: "s", goal: "<= 60" },
    { name: "portal_build_rss_mb", unit: "MB", goal: "<= 1500" },
  ],
  runs: 1,
  prepare: async () => {
    const { build, close } = await benchBuild(1000);
    const run = async () => {
      const { seconds, rssMb } = build();
      return { values: { portal_build_1000_sites_s: seconds, portal_build_rss_mb: rssMb } };
    };
    return { run, close };
  },
};
