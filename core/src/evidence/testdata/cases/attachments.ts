import { sha256Hex } from "../../digest.ts";
import { attachmentPath } from "../../kit-files.ts";
import type { Attachment } from "../../statement.ts";
import { encodeTranscript, transcriptAttachment } from "../../transcript.ts";
import { drop, edit, observed, type Tamper } from "../forgeries.ts";
import type { Forgery } from "../generator.ts";
import { put } from "../listed.ts";
import { timeAt } from "../statements.ts";
import { type ForgedCase, type HonestCase, NOWHERE } from "./case.ts";

const output = (text: string) => ({ text, cut: false });

/** What the heal at `0-2` did. */
const TRANSCRIPT: Uint8Array = encodeTranscript({
  salt: "5a".repeat(32),
  host: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  check: "cb",
  runbook: "rb",
  startedAt: timeAt(2),
  steps: [
    { step: "setKey /etc/ssh/sshd_config", undo: false, outcome: "done", error: null, programs: [] },
    {
      step: "reload ssh",
      undo: false,
      outcome: "done",
      error: null,
      programs: [
        { argv: ["/usr/bin/systemctl", "reload", "ssh"], status: 0, stdout: output(""), stderr: output("") },
      ],
    },
  ],
});

const ATTACHMENT = transcriptAttachment(TRANSCRIPT, Date.parse(timeAt(3)), sha256Hex);
const PATH = attachmentPath(ATTACHMENT.digest);

/** The bundle that reports the heal names its transcript. */
export const attached: Forgery = attaching();

function attaching(bend: Partial<Attachment> = {}): Forgery {
  return edit(
    "0-2",
    observed((seen) => ({ ...seen, attachments: [{ ...ATTACHMENT, ...bend }] })),
  );
}

/** Its bytes are there, too. */
export const addTranscript: Tamper = put(PATH, ...TRANSCRIPT);

/** Attached files that are not those that were signed. */
export const attachmentCases: readonly ForgedCase[] = [
  [
    "one bit of a transcript changed",
    ["CHANGED_ATTACHMENT attachments/?"],
    { forgery: attached, tamper: put(PATH, ...TRANSCRIPT.with(200, (TRANSCRIPT[200] ?? 0) ^ 1)) },
  ],
  [
    "a transcript cut short",
    ["CHANGED_ATTACHMENT attachments/?"],
    { forgery: attached, tamper: put(PATH, ...TRANSCRIPT.subarray(0, 100)) },
  ],
  [
    "a size that is not the attachment's",
    ["CHANGED_ATTACHMENT attachments/?"],
    { forgery: attaching({ size: ATTACHMENT.size + 1 }), tamper: addTranscript },
  ],
];

/** Attachments with which nothing is wrong, there or not. */
export const honestAttachments: readonly HonestCase[] = [
  ["the transcript of a heal", [], { forgery: attached, tamper: addTranscript }],
  ["a transcript that was erased or never received", [], { forgery: attached }],
  [
    "a transcript that the appliance says it dropped",
    [],
    { forgery: attached, tamper: drop([], [], [ATTACHMENT.digest]) },
  ],
  [
    "an attached file that no bundle names",
    ["OTHER_FILES"],
    { tamper: put(attachmentPath(NOWHERE), 1) },
  ],
];
