import { expect, test } from "vitest";
import { createProgress, createSteps } from "./progress.ts";

/** What is written while work goes on for a while, told every 100 ms. */
function written(isTTY: boolean, forMs: number): readonly string[] {
  const lines: string[] = [];
  let nowMs = 0;
  const progress = createProgress({ isTTY, write: (text) => lines.push(text) }, () => nowMs);
  for (; nowMs < forMs; nowMs += 100) progress.tell(`${nowMs} of ${forMs}`);
  progress.end();
  return lines;
}

test("short work says nothing", () => {
  expect(written(true, 500)).toEqual([]);
  expect(written(false, 5000)).toEqual([]);
});

test("on a terminal one line is written over, and taken away", () => {
  expect(written(true, 1000)).toEqual([
    "\r\u001b[K500 of 1000",
    "\r\u001b[K700 of 1000",
    "\r\u001b[K900 of 1000",
    "\r\u001b[K",
  ]);
});

test("elsewhere there is a line every five seconds", () => {
  expect(written(false, 12_000)).toEqual(["5000 of 12000\n", "10000 of 12000\n"]);
});

test("steps of work are told at a terminal only", () => {
  const told = (isTTY: boolean): readonly string[] => {
    const lines: string[] = [];
    const steps = createSteps({ isTTY, write: (text) => lines.push(text) });
    steps.tell("reading");
    steps.end();
    steps.end();
    return lines;
  };
  expect(told(true)).toEqual(["\r\u001b[Kreading ...", "\r\u001b[K"]);
  expect(told(false)).toEqual([]);
});
