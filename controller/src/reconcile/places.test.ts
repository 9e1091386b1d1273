import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Places } from "./places.ts";

const places = fc.array(fc.record({ epoch: fc.nat(2), seq: fc.nat(12) }), { maxLength: 30 });

test("has what was added and nothing else, in as few runs as there are, also when it was saved in between", () => {
  fc.assert(
    fc.property(places, fc.nat(30), (added, cut) => {
      const known = new Set<string>();
      let own = new Places();
      added.forEach((place, n) => {
        if (n === cut) own = new Places(own.save());
        own.add(place);
        known.add(`${place.epoch}/${place.seq}`);
      });
      for (const epoch of [0, 1, 2]) {
        const has = Array.from({ length: 14 }, (_, seq) => known.has(`${epoch}/${seq}`));
        expect(has.map((_, seq) => own.has({ epoch, seq }))).toEqual(has);
        const runs = has.filter((isIn, seq) => isIn && has[seq - 1] !== true).length;
        expect(own.save().find(([one]) => one === epoch)?.[1] ?? []).toHaveLength(runs);
      }
    }),
  );
});
