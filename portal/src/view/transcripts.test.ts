import { expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { bundlePage } from "./bundle.ts";
import { healRows } from "./heals.ts";

const snapshot = await makeFixture();
const site = snapshot.sites.find(({ name }) => name === "tidewell-clinic");
if (site === undefined) throw new Error("the fixture has it");
const heals = healRows(snapshot, site);
const pageOf = (host: string) => bundlePage(snapshot, heals.find((heal) => heal.host.text === host)?.bundle);

test("the page of its bundle has each step, what was left out, and what programs said", () => {
  expect(pageOf("front-desk").transcripts).toMatchObject([
    {
      heal: { host: { text: "front-desk" } },
      steps: [
        { step: expect.stringContaining("setKey /etc/ssh"), outcome: "done", undo: false },
        { step: "reload ssh", outcome: "left out: it cannot run there" },
      ],
    },
  ]);
  const [transcript] = pageOf("imaging").transcripts;
  expect(transcript?.steps.map(({ outcome, undo }) => [outcome, undo])).toEqual([
    ["done", false],
    ["failed: a command failed", false],
    ["done", true],
  ]);
  expect(transcript?.steps[1]?.programs).toMatchObject([
    { ended: "status 1", outputs: [{ stream: "standard output", cut: true }, { stream: "standard error" }] },
    { command: '/usr/bin/systemctl reload "a b"', ended: "ended without a status", outputs: [] },
  ]);
});

test("of one that is not here only the digest is known", () => {
  expect(pageOf("records").transcripts).toMatchObject([
    { heal: null, steps: [], digest: expect.any(String) },
  ]);
});
