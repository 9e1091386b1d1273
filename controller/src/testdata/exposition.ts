/** One metric family as it stands in a text of metrics. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

/** One line with a value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
const labelName = "[a-zA-Z_][a-zA-Z0-9_]*";
const label = `${labelName}="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`;
const sampleLine = new RegExp(`^(${name})(?:\\{(${label}(?:,${label})*)\\})? ([0-9eE.+-]+|\\+Inf|-Inf|NaN)$`);

/**
 * Reads a text in Prometheus' format 0.0.4, more strictly than a scraper does: HELP and TYPE once and before the
 * samples, no family in two pieces, no series twice, whole histograms. Throws at the first line that is not so.
 */
export function readExposition(text: string): readonly Family[] {
  if (!text.endsWith("\n")) throw new Error("the last line is not ended");
  const families: { name: string; help: string; type: string; samples: Sample[] }[] = [];
  const series = new Set<string>();
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const last = families.at(-1);
    const help = new RegExp(`^# HELP (${name}) (\\S.*)$`).exec(line);
    const type = new RegExp(`^# TYPE (${name}) (counter|gauge|histogram|summary)$`).exec(line);
    if (help !== null) {
      if (families.some((family) => family.name === help[1])) throw new Error(`twice: ${line}`);
      families.push({ name: help[1] ?? "", help: help[2] ?? "", type: "", samples: [] });
    } else if (type !== null) {
      if (last?.name !== type[1] || last?.type !== "") throw new Error(`out of place: ${line}`);
      last.type = type[2] ?? "";
    } else {
      const sample = readSample(line);
      if (last === undefined || !belongs(sample.name, last)) throw new Error(`without its family: ${line}`);
      const key = line.slice(0, line.lastIndexOf(" "));
      if (series.has(key)) throw new Error(`twice: ${line}`);
      series.add(key);
      last.samples.push(sample);
    }
  }
  families.forEach(checkHistogram);
  return families;
}

function readSample(line: string): Sample {
  const found = sampleLine.exec(line);
  if (found === null) throw new Error(`no sample: ${line}`);
  const pairs = (found[2] ?? "").matchAll(new RegExp(`(${labelName})="((?:[^"\\\\]|\\\\.)*)"`, "g"));
  const value = found[3] === "+Inf" ? Infinity : Number(found[3]);
  return { name: found[1] ?? "", labels: Object.fromEntries([...pairs].map(([, key, of]) => [key, of])), value };
}

function belongs(sample: string, { name: family, type }: Pick<Family, "name" | "type">): boolean {
  if (type === "histogram") return ["_bucket", "_sum", "_count"].some((end) => sample === family + end);
  return sample === family;
}

function checkHistogram({ name: family, type, samples }: Family): void {
  if (type !== "histogram" || samples.length === 0) return;
  const buckets = samples.filter((sample) => sample.name === `${family}_bucket`);
  const bounds = buckets.map(({ labels }) => (labels["le"] === "+Inf" ? Infinity : Number(labels["le"])));
  const counts = buckets.map(({ value }) => value);
  const count = samples.find((sample) => sample.name === `${family}_count`)?.value;
  const rising = (list: readonly number[]): boolean => list.every((one, at) => at === 0 || one >= (list[at - 1] ?? one));
  if (bounds.at(-1) !== Infinity || !rising(bounds)) throw new Error(`${family}: buckets in disorder`);
  if (!rising(counts) || counts.at(-1) !== count) throw new Error(`${family}: buckets do not add up`);
}

/** What a linter of Prometheus would say of a family: names and units by its conventions. */
export function complaintsAbout({ name: family, help, type, samples }: Family): readonly string[] {
  const complaints: string[] = [];
  const say = (wrong: boolean, text: string): void => void (wrong && complaints.push(`${family}: ${text}`));
  say(!/^compline_[a-z]+(_[a-z]+)*$/.test(family), "not in snake case below compline_");
  say((type === "counter") !== family.endsWith("_total"), "_total is for counters, and for all of them");
  say(/_(count|sum|bucket)$/.test(family), "ends like a part of a histogram");
  say(/_(ms|milliseconds|minutes|hours|kilobytes|kb|mb|percent)(_|$)/.test(family), "not in a base unit");
  say(/(counter|gauge|histogram)/.test(family), "names its type");
  say(type === "histogram" && !/_(seconds|bytes)$/.test(family), "a histogram without its unit");
  say(family.endsWith("_info") && samples.some(({ value }) => value !== 1), "an info metric is always 1");
  say(!/^[A-Z].*\.$/.test(help), "HELP is no sentence");
  return complaints;
}
