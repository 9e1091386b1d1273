import {
  bool,
  closed,
  dictionary,
  hex64,
  instant,
  integer,
  isObject,
  list,
  name,
  nullable,
  oneOf,
  printable,
  report,
  repositoryPath,
  revision,
  type Shape,
  text,
  token,
  ulid,
  type Walk,
  walkOver,
} from "./shape.ts";

const verdict = oneOf("pass", "fail", "error", "not_applicable", "unknown");

const chain = closed({ id: ulid, epoch: integer(0), seq: integer(0), prev: nullable(hex64) });

const header = {
  schema: oneOf("1"),
  site: ulid,
  chain,
  software: closed({ name, version: name, digest: hex64 }),
  policy: closed({ revision, assignment: hex64 }),
  clock: closed({
    source: oneOf("ntp", "rtc", "none"),
    offsetMs: nullable(integer()),
    uncertaintyMs: nullable(integer(0)),
    lastSyncAt: nullable(instant),
    bootId: name,
    monotonicMs: integer(0),
  }),
  seen: closed({
    checkpoint: nullable(closed({ origin: name, size: integer(0), root: hex64 })),
    block: nullable(closed({ height: integer(0), hash: hex64 })),
  }),
};

const OBSERVED_TOKEN = /^[A-Za-z0-9._:+-]{1,64}$/;

const observedValue: Shape = (value, walk) => {
  const allowed =
    value === null ||
    typeof value === "boolean" ||
    Number.isSafeInteger(value) ||
    (typeof value === "string" && OBSERVED_TOKEN.test(value));
  if (!allowed) report(walk, "expected an integer, true, false, null or a token of [A-Za-z0-9._:+-]");
};

const resultMembers = closed({
  host: ulid,
  check: name,
  verdict,
  reason: nullable(token),
  observed: nullable(dictionary(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/, observedValue)),
  since: nullable(instant),
  exception: nullable(name),
});

const result: Shape = (value, walk) => {
  resultMembers(value, walk);
  if (!isObject(value)) return;
  if (value["verdict"] === "pass" || value["verdict"] === "fail") requireObservation(value["observed"], walk);
  else if (value["reason"] === null) report(walk, "this verdict needs a reason");
};

function requireObservation(observed: unknown, walk: Walk): void {
  const seen = isObject(observed) && Object.keys(observed).length > 0;
  if (!seen) report(walk, "a pass or fail needs an observed value", "PASS_WITHOUT_OBSERVATION");
}

const healMembers = closed({
  host: ulid,
  check: name,
  level: oneOf("L1", "L2", "L3"),
  rule: nullable(name),
  runbook: nullable(name),
  runbookDigest: nullable(hex64),
  before: verdict,
  after: nullable(verdict),
  outcome: oneOf("healed", "failed", "escalated", "dry_run"),
  errorClass: nullable(token),
  skipped: list(name),
  approval: nullable(hex64),
  startedAt: instant,
  endedAt: instant,
});

const heal: Shape = (value, walk) => {
  healMembers(value, walk);
  if (!isObject(value)) return;
  if ((value["runbook"] === null) !== (value["runbookDigest"] === null))
    report(walk, "a runbook and its digest go together");
  if (value["runbook"] === null && value["level"] !== "L3") report(walk, "only L3 goes without a runbook");
};

const partsMembers = closed({ part: integer(1), of: integer(2) });

const parts: Shape = (value, walk) => {
  partsMembers(value, walk);
  if (!isObject(value)) return;
  // A wrong type compares false here and was reported by its member.
  if (Number(value["part"]) > Number(value["of"])) report(walk, "part is more than of");
};

const observation = closed({
  ...header,
  kind: oneOf("snapshot", "delta"),
  window: closed({ start: instant, end: instant }),
  coverage: closed({ expected: integer(0), fresh: integer(0), ran: integer(0), oldestAt: nullable(instant) }),
  results: onePerPair(list(result)),
  heals: list(heal),
  state: closed({ count: integer(0), digest: hex64 }),
  parts: nullable(parts),
  attachments: list(
    closed({
      digest: hex64,
      mediaType: printable,
      size: integer(0),
      salted: bool,
      class: name,
      retainUntil: instant,
    }),
  ),
  scrubber: closed({ version: name, digest: hex64 }),
});

const lostMembers = closed({ epoch: integer(0), from: integer(0), to: integer(0), last: hex64 });

const lostRun: Shape = (value, walk) => {
  lostMembers(value, walk);
  // A wrong type compares false here and was reported by its member.
  if (isObject(value) && Number(value["from"]) > Number(value["to"])) report(walk, "from is more than to");
};

const applianceEvent = closed({
  ...header,
  kind: oneOf("event"),
  at: instant,
  event: byType({
    rotate: { publicKey: hex64, newEpoch: integer(1) },
    suspend: {},
    resume: {},
    override: { reason: token },
    loss: { runs: list(lostRun), attachments: list(hex64) },
  }),
});

const ownEvent: Shape = (value, walk) => {
  applianceEvent(value, walk);
  if (!isObject(value) || !isObject(value["event"]) || value["event"]["type"] !== "loss") return;
  const { runs, attachments } = value["event"];
  const isEmpty = [runs, attachments].every((lost) => Array.isArray(lost) && lost.length === 0);
  if (isEmpty) report(walk, "a loss names something that was lost");
};

const authorityEvent = closed({
  schema: oneOf("1"),
  kind: oneOf("authority"),
  partner: ulid,
  chain,
  at: instant,
  file: nullable(closed({ revision, path: repositoryPath, sha256: hex64 })),
  event: byType({
    enrol: { site: ulid, appliance: ulid, publicKey: hex64 },
    revoke: { keyid: hex64, lastTrusted: nullable(hex64), compromisedAt: nullable(instant), reason: token },
    fork: { digests: list(hex64, 2) },
    resolve: { chain: ulid, surviving: hex64, newEpoch: integer(1) },
    tombstone: { digest: hex64, basis: token },
    rotate: { publicKey: hex64 },
  }),
});

const authority: Shape = (value, walk) => {
  authorityEvent(value, walk);
  if (!isObject(value) || !isObject(value["event"])) return;
  const withoutFile = value["event"]["type"] === "fork" || value["event"]["type"] === "resolve";
  if (value["file"] === null && !withoutFile) report(walk, "only fork and resolve go without a file");
};

const predicate: Shape = (value, walk) => {
  if (!isObject(value)) return report(walk, "expected an object");
  if (value["kind"] === "event") return ownEvent(value, walk);
  if (value["kind"] === "authority") return authority(value, walk);
  observation(value, walk);
};

const statement = closed({
  _type: oneOf("https://in-toto.io/Statement/v1"),
  subject: list(closed({ name: printable, digest: closed({ sha256: hex64 }) }), 1),
  predicateType: oneOf("https://compline.dev/evidence/v1"),
  predicate,
});

/**
 * What keeps a parsed payload from being a Statement of FORMAT.md section 2 (no problems when nothing does), and whether
 * all members are in order. Then `JSON.stringify` gives the canonical form: a Statement has integers and ASCII only.
 */
export function judgeStatement(value: unknown): Readonly<Walk> {
  return walkOver(statement, value);
}

function byType(types: Readonly<Record<string, Readonly<Record<string, Shape>>>>): Shape {
  const names = Object.keys(types);
  const shapes = new Map(names.map((type) => [type, closed({ type: text(/./, "a type"), ...types[type] })]));
  return (value, walk) => {
    const type = isObject(value) ? value["type"] : undefined;
    const shape = typeof type === "string" ? shapes.get(type) : undefined;
    if (shape === undefined) return report(walk, `expected type ${names.join(" or ")}`);
    shape(value, walk);
  };
}

function onePerPair(rows: Shape): Shape {
  return (value, walk) => {
    rows(value, walk);
    if (!Array.isArray(value)) return;
    const pairs = new Set<string>();
    for (const row of value) {
      if (isObject(row)) pairs.add(`${String(row["host"])} ${String(row["check"])}`);
    }
    if (pairs.size < value.length) report(walk, "more than one row for one host and check");
  };
}
