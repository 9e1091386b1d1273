import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { depotId, movedFiles } from "../testdata/desired.ts";
import { boxPath, Installation, PATIENCE_MS } from "./installed.ts";

let place: Installation;

beforeEach(async () => {
  place = await Installation.make();
  await place.startController();
  await place.accept({ [boxPath("box")]: await place.enrol("first") });
  place.startBox("first");
  await place.until(async () => (await place.logged()).length > 0);
}, 2 * PATIENCE_MS);

afterEach(async () => await place.remove());

describe("keys that change and are lost, over the real programs", () => {
  it(
    "a box rotates its key: reviewed by file, nothing missing, and the export verifies",
    async () => {
      expect((await place.agent("rotate", "first")).code).toBe(2);
      expect((await place.agent("rotate", "first", "--yes")).code).toBe(0);
      let document = "";
      await place.until(async () => {
        document = (await place.agent("rotate", "first")).stdout;
        return document !== "";
      });
      const status = await place.agent("status", "first");
      expect(status.stdout).toContain("it waits for its review");
      expect((await place.logged()).map(({ epoch }) => epoch)).not.toContain(1);
      await place.accept({ [boxPath("box")]: document });
      await place.until(async () => (await place.logged()).some(({ epoch }) => epoch === 1));
      await place.until(async () => !(await place.agent("status", "first")).stdout.includes("new key"), 1000);
      expect(await place.verifyExport()).toMatchObject({ outcome: "verified", failures: [] });
      const told = JSON.parse((await place.compline("keys", "-o", "json")).stdout) as Told;
      const own = told.keys.filter(({ holder }) => holder.kind === "appliance");
      expect(own.map(({ state }) => state)).toEqual(["rotated", "signs"]);
      expect(document).toContain(own[1]?.publicKey);
    },
    4 * PATIENCE_MS,
  );

  it(
    "a box is lost: another takes its place by a name and a key of its own, and the old chain stays whole",
    async () => {
      const old = place.idOf("first");
      await place.stop("first");
      rmSync(place.box("first"), { recursive: true });
      await place.accept({ [boxPath("box")]: await place.enrol("second") });
      place.startBox("second");
      const fresh = place.idOf("second");
      await place.until(async () => (await place.logged()).some(({ chain }) => chain === fresh));
      expect(fresh).not.toBe(old);
      const { outcome, failures } = await place.verifyExport();
      expect({ outcome, failures }).toEqual({ outcome: "verified", failures: [] });
      expect(new Set((await place.logged()).map(({ chain }) => chain))).toEqual(new Set([old, fresh]));
      const told = JSON.parse((await place.compline("keys", "-o", "json")).stdout) as Told;
      const states = told.keys.filter(({ holder }) => holder.kind === "appliance").map(({ state }) => state);
      expect(states.toSorted()).toEqual(["removed", "signs"]);
    },
    4 * PATIENCE_MS,
  );

  it(
    "a box moves to another site: it follows its file, and the export of each site verifies",
    async () => {
      const document = readFileSync(join(place.repository, boxPath("box")), "utf8");
      await place.accept(movedFiles("acme", { ...Installation.files, [boxPath("box")]: document }));
      await place.until(async () => (await place.logged()).some(({ site }) => site === depotId));
      for (const site of ["shop", "depot"])
        expect(await place.verifyExport(site)).toMatchObject({ outcome: "verified", failures: [] });
      expect(new Set((await place.logged()).map(({ chain }) => chain)).size).toBe(1);
      const told = JSON.parse((await place.compline("keys", "-o", "json")).stdout) as Told;
      const own = told.keys.filter(({ holder }) => holder.kind === "appliance");
      expect(own.map(({ state }) => state)).toEqual(["moved", "signs"]);
    },
    4 * PATIENCE_MS,
  );

  it(
    "the controller's assignment key is lost: no box obeys another until it is repinned, and signs all the while",
    async () => {
      const before = (await place.compline("controller-key")).stdout.trim();
      await place.stop("controller");
      rmSync(join(place.state, "controller/assignment.key"));
      await place.startController();
      const after = (await place.compline("controller-key")).stdout.trim();
      expect(after).not.toBe(before);
      const logged = (await place.logged()).length;
      // Something new to do: the box hears of it, and does not believe it.
      const check = "policies/checks/linux/greeting.yaml";
      await place.accept({
        [check]: (Installation.files[check] ?? "").replace("interval: 5s", "interval: 6s"),
      });
      await place.stop("first");
      const { stdout } = await place.agent("repin", "first", "--controller-key", after, "--yes");
      expect(stdout).toContain("another controller key");
      place.startBox("first");
      await place.until(async () => (await place.logged()).length > logged);
      await place.until(
        async () => !(await place.agent("status", "first")).stdout.includes("REPINNED"),
        1000,
      );
      const { failures } = await place.verifyExport();
      expect(failures).toEqual([]);
    },
    4 * PATIENCE_MS,
  );
});

interface Told {
  readonly keys: readonly {
    readonly holder: { readonly kind: string };
    readonly state: string;
    readonly publicKey: string;
  }[];
}
