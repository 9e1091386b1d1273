import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "./digest.ts";
import {
  encodeTranscript,
  MAX_TRANSCRIPT_BYTES,
  readTranscript,
  transcriptAttachment,
  transcriptOutput,
  type TranscriptStep,
} from "./transcript.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const about = {
  salt: "0f".repeat(32),
  host: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  check: "sshd-root-login",
  runbook: "sshd-root-login",
  startedAt: "2026-11-27T08:00:00.000Z",
};

function stepOf(argv: readonly string[], said: string): TranscriptStep {
  const output = transcriptOutput(bytesOf(said));
  return {
    step: "run",
    undo: false,
    outcome: "done",
    error: null,
    programs: [{ argv, status: 0, stdout: output, stderr: output }],
  };
}

describe("a transcript", () => {
  it("is read as it was written, and nothing else is", () => {
    const bytes = encodeTranscript({ ...about, steps: [stepOf(["/usr/bin/true"], "done\n")] });
    expect(readTranscript(bytes)).toMatchObject({ ...about, schema: "1", stepsLeftOut: 0 });
    expect(readTranscript(bytesOf(`${new TextDecoder().decode(bytes)}\n`))).toBeNull();
    expect(readTranscript(bytesOf('{"schema":"1"}'))).toBeNull();
    expect(readTranscript(new Uint8Array(MAX_TRANSCRIPT_BYTES + 1))).toBeNull();
  });

  it("fits, is one, and says what is not in it, whatever programs were called and wrote", () => {
    const text = fc.string({ unit: "binary", maxLength: 1024 });
    const step = fc
      .tuple(
        fc.array(text, { minLength: 1, maxLength: 64 }),
        fc.string({ unit: "binary", size: "max", maxLength: 9000 }),
      )
      .map(([argv, said]) => stepOf(argv, said));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 64 }), (steps) => {
        const bytes = encodeTranscript({ ...about, steps });
        expect(bytes.length).toBeLessThanOrEqual(MAX_TRANSCRIPT_BYTES);
        const read = readTranscript(bytes);
        expect((read?.steps.length ?? 0) + (read?.stepsLeftOut ?? 0)).toBe(steps.length);
        for (const [at, { programs }] of (read?.steps ?? []).entries())
          for (const { stdout } of programs)
            expect(stdout.cut || stdout.text === steps[at]?.programs[0]?.stdout.text).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps its steps when their output is too much, and says that it was cut", () => {
    const steps = Array.from({ length: 60 }, () => stepOf(["/usr/bin/yes"], "yes\n".repeat(5000)));
    const read = readTranscript(encodeTranscript({ ...about, steps }));
    expect(read).toMatchObject({ stepsLeftOut: 0 });
    expect(read?.steps).toHaveLength(60);
    expect(read?.steps[0]?.programs[0]?.stdout).toMatchObject({
      cut: true,
      text: expect.stringMatching(/^yes\n/),
    });
  });

  it("is named by its digest and size, salted, for two years", () => {
    const bytes = encodeTranscript({ ...about, steps: [] });
    expect(transcriptAttachment(bytes, Date.parse("2026-11-27T08:00:00.000Z"), sha256Hex)).toEqual({
      digest: sha256Hex(bytes),
      size: bytes.length,
      mediaType: "application/vnd.compline.heal-transcript+json",
      class: "heal-transcript",
      salted: true,
      retainUntil: "2028-11-26T08:00:00.000Z",
    });
  });
});

describe("what a program wrote", () => {
  const KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEA\n-----END OPENSSH PRIVATE KEY-----";
  it.each([
    ["a private key", `before\n${KEY}\nafter`, "before\n[redacted]\nafter"],
    ["a private key that goes on", KEY.slice(0, 50), "[redacted]"],
    ["a password", "db_password = hunter2 and more\nnext", "db_password = [redacted]\nnext"],
    ["a password after a blank", "password hunter2", "password [redacted]"],
    ["a header", "Authorization: Bearer abc", "Authorization: [redacted]"],
    ["a member of JSON", '{"api_key": "abc"}', '{"api_key": [redacted]'],
    ["who logs in to an address", "https://ada:secret@example.com/x", "https://[redacted]@example.com/x"],
    ["a hash of shadow", "root:$6$salt$abcdefghijk:1::", "root:[redacted]:1::"],
    ["a long word of letters and digits", `id ${"a1B2".repeat(10)}.`, "id [redacted]."],
  ])("has %s taken out", (_, said, kept) => {
    expect(transcriptOutput(bytesOf(said))).toEqual({ text: kept, cut: false });
  });

  it("is kept where nothing of it looks like a secret", () => {
    const said =
      "Created symlink /etc/systemd/system/multi-user.target.wants/auditd.service → /usr/lib/systemd/system/auditd.service.\n" +
      "PASS_MAX_DAYS 90\nnet.ipv4.conf.all.accept_redirects = 0\n";
    expect(transcriptOutput(bytesOf(said))).toEqual({ text: said, cut: false });
  });

  it("loses what a terminal would obey", () => {
    expect(transcriptOutput(bytesOf("\u001b[31mred\u202e\r\n")).text).toBe(
      "\u{fffd}[31mred\u{fffd}\u{fffd}\n",
    );
  });

  it("loses the word in which it was cut: half a secret has another form", () => {
    const long = `${"word ".repeat(1637)}${"a1B2".repeat(20)}`;
    const { text, cut } = transcriptOutput(bytesOf(long));
    expect(cut).toBe(true);
    expect(text).not.toContain("a1B2");
  });
});
