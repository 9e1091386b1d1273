import { HOLD_TEXTS } from "../heal/hold.ts";
import type { Score } from "../verdict/score.ts";
import type { Forecast, HealForecast, HealMove, ScoreMove } from "./forecast.ts";

/** What follows from observed verdicts, as lines of text; those after the first of each part are indented. */
export function describeForecast(forecast: Forecast | null): readonly string[] {
  if (forecast === null) {
    return ["heals, scores: not known here; give what was observed by --observed"];
  }
  const { asOf, scores, heals, sameHeals, notKnown } = forecast;
  const moved = scores.length === 0 ? ["  none moves"] : scores.flatMap(scoreLines);
  const same = sameHeals === 0 ? [] : [`  ${sameHeals} other known fails: as before`];
  const treated = heals.length + sameHeals === 0 ? ["  no fail is known where something changes"] : [];
  return [
    `scores, as observed at ${asOf}:`,
    ...moved,
    `heals of what failed at ${asOf}:`,
    ...treated,
    ...heals.flatMap(healLines),
    ...same,
    ...(notKnown.length === 0 ? [] : [`not observed, so not known here: ${notKnown.join(" ")}`]),
  ];
}

function scoreLines({ partner, site, framework, before, after }: ScoreMove): readonly string[] {
  const name = `${partner}/${site}${framework === null ? "" : ` ${framework}`}`;
  return [`  ${name}`, `    from ${scoreText(before)}`, `    to   ${scoreText(after)}`];
}

/** Nothing to judge is not 0 %. */
function scoreText(score: Score | null): string {
  if (score === null) return "nothing: not there";
  const { pass, fail, error, unknown, total, value } = score;
  if (value === null) return "nothing to judge";
  const rest = [`${fail} fail`, `${error} error`, `${unknown} unknown`].filter(
    (text) => !text.startsWith("0 "),
  );
  return [`${pass} of ${total} pass`, ...rest].join(", ");
}

function healLines({ target, host, check, before, after }: HealMove): readonly string[] {
  return [
    `  ${target.partner}/${target.site} ${host} ${check}`,
    ...(before === null ? [] : [`    before: ${healText(before)}`]),
    `    after: ${after === null ? "not known here; the check changes and is looked at anew" : healText(after)}`,
  ];
}

function healText({ heals, hold }: HealForecast): string {
  const ways = heals.map(
    ({ rule, runbook, conditional }) =>
      `healed by rule ${rule}, runbook ${runbook}${conditional ? ", if its condition holds" : ""}`,
  );
  const held = hold === null ? [] : [holdText(hold)];
  return [...ways, ...held].join("; otherwise ");
}

function holdText({ code, until }: NonNullable<HealForecast["hold"]>): string {
  return `not healed: ${HOLD_TEXTS[code]}${until === null ? "" : ` until ${until}`}`;
}
