import { makeWideState, openReconciler } from "../testdata/wide-controller.ts";
import { boxOf, siteFile, tenThousand } from "../testdata/wide-tree.ts";

/**
 * From a commit that changes one of 10,000 files to the new assignment, signed, durable and handed to whoever waits for
 * it. Without the time until the branch is looked at, which is up to a second.
 */
export const bench = {
  figures: [{ name: "reconcile_commit_to_assignment_ms", unit: "ms", goal: "<= 300" }],
  runs: 5,
  prepare: async () => {
    const wide = await makeWideState(tenThousand);
    const { reconciler, publications, close } = await openReconciler(wide);
    await reconciler.tick();
    const { id } = boxOf(0);
    let n = 0;
    return {
      run: async () => {
        n += 1;
        // The host's name is part of the work, unlike the site's.
        const [path, text] = siteFile(0, "Changed");
        await wide.repository.commit({ [path]: text.replace("name: machine-0", `name: renamed-${n}`) });
        const have = publications.latest(id)?.digest ?? null;
        const started = performance.now();
        const next = publications.waitForOther(id, have, AbortSignal.timeout(60_000));
        const ticked = reconciler.tick();
        if ((await next)?.digest === have) throw new Error("no new assignment");
        const tookMs = performance.now() - started;
        await ticked;
        return { values: { reconcile_commit_to_assignment_ms: tookMs } };
      },
      close: async () => {
        await close();
        await wide.remove();
      },
    };
  },
};
