import { takeCheckout, type Born, type DemoState, advanceDemo } from "../desired/demo-branch.ts";
import { type Checkout, readCheckout } from "../desired/checkout.ts";
import type { Layout } from "./layout.ts";
import { writePrivate } from "../config/private-file.ts";

/** How often the folder is looked at: two git processes that only read. */
const LOOK_EVERY_MS = 1_500;

/** What the follower tells: the branch moved, or the folder cannot be taken at this moment. */
export interface FollowEvents {
  readonly moved: (state: DemoState) => void;
  readonly edited: (count: number) => void;
  readonly failed: (message: string) => void;
}

/** What is followed, and what was born here for a commit of it. */
export interface FollowOptions {
  readonly layout: Layout;
  readonly repo: string;
  /** Called for each new commit; it may find appliances that were not declared before. */
  readonly bornFor: (commit: string) => Promise<Born>;
  readonly events: FollowEvents;
}

/** What `compline plan` would be asked about: shown in the terminal, by `status` and above every page of the portal. */
export function editsNotice(count: number): { code: string; message: string } {
  const files = count === 1 ? "1 edited file" : `${count} edited files`;
  return {
    code: "UNCOMMITTED_EDITS",
    message: `${files} not committed; \`npx compline plan\` shows what they would do`,
  };
}

/** Carries the commit that the folder stands on to the demo branch, and notes edits that are not committed. */
export async function carryCheckout(
  options: Omit<FollowOptions, "events">,
  checkout: Checkout,
): Promise<DemoState> {
  const { layout, repo, bornFor } = options;
  const commit = await takeCheckout(layout.desired, repo, checkout);
  await noteEdits(layout, checkout);
  return await advanceDemo(layout.desired, commit, await bornFor(commit));
}

async function noteEdits(layout: Layout, checkout: Checkout): Promise<void> {
  const edits = checkout.kind === "repository" ? checkout.edits.length : 0;
  await writePrivate(layout.notices, JSON.stringify(edits === 0 ? [] : [editsNotice(edits)]));
}

/** Follows the folder until the signal: commits, amended commits and switched branches move the demo branch on. */
export async function follow(options: FollowOptions, from: Checkout, signal: AbortSignal): Promise<void> {
  let last = fingerprint(from);
  let failed = "";
  while (!signal.aborted) {
    await pause(LOOK_EVERY_MS, signal);
    if (signal.aborted) return;
    try {
      const checkout = await readCheckout(options.repo);
      if (checkout.kind !== "repository" || fingerprint(checkout) === last) continue;
      const state = await carryCheckout(options, checkout);
      if (state.moved) options.events.moved(state);
      else options.events.edited(checkout.edits.length);
      last = fingerprint(checkout);
      failed = "";
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== failed && !signal.aborted) options.events.failed(message);
      failed = message;
    }
  }
}

function fingerprint(checkout: Checkout): string {
  return checkout.kind === "repository" ? [checkout.head, ...checkout.edits].join("\0") : checkout.kind;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
