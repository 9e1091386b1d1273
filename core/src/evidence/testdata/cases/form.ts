import {
  addOrder,
  change,
  changeEnvelope,
  changePayload,
  smallR,
  dropObserved,
  flipPayload,
  flipSignature,
} from "../forgeries.ts";
import { mixOrder } from "../mixed-order.ts";
import type { ForgedCase } from "./case.ts";

const SCHEMA = '"schema":"1"';

/** Files that do not have the one allowed form: a refused file takes no place, so it leaves a gap. */
export const formCases: readonly ForgedCase[] = [
  ["a flipped byte in a payload", ["BAD_SIGNATURE 0-2", "GAP 0-2"], { tamper: flipPayload("0-2") }],
  ["a flipped byte in a signature", ["BAD_SIGNATURE 0-2", "GAP 0-2"], { tamper: flipSignature("0-2") }],
  [
    "a truncated file",
    ["GAP 0-2", "NOT_JSON 0-2"],
    { tamper: change("0-2", (bytes) => bytes.subarray(0, 900)) },
  ],
  [
    "a line end added",
    ["GAP 0-2", "NOT_CANONICAL 0-2"],
    { tamper: change("0-2", (bytes) => new Uint8Array([...bytes, 10])) },
  ],
  [
    "an empty first file",
    ["CHAIN_STARTS_LATE 0-1", "NOT_JSON 0-0"],
    { tamper: change("0-0", () => new Uint8Array()) },
  ],
  [
    "a pass without observation, signed",
    ["GAP 0-2", "PASS_WITHOUT_OBSERVATION 0-2"],
    { tamper: dropObserved("0-2") },
  ],

  ["S of a signature with the order added", ["BAD_SIGNATURE 0-2", "GAP 0-2"], { tamper: addOrder("0-2") }],
  ["a signature with a point of small order", ["BAD_SIGNATURE 0-2", "GAP 0-2"], { tamper: smallR("0-2") }],
  [
    "a signature with a part of small order",
    ["BAD_SIGNATURE 0-2", "GAP 0-2"],
    { tamper: mixOrder("0-2") },
  ],
  [
    "a member more around the payload",
    ["BAD_ENVELOPE 0-2", "GAP 0-2"],
    { tamper: changeEnvelope("0-2", (envelope) => ({ ...envelope, note: "" })) },
  ],
  [
    "a second signature",
    ["BAD_ENVELOPE 0-2", "GAP 0-2"],
    {
      tamper: changeEnvelope("0-2", (envelope) => ({
        ...envelope,
        signatures: [...envelope.signatures, ...envelope.signatures],
      })),
    },
  ],
  [
    "base64 of the other alphabet",
    ["BAD_BASE64 0-2", "GAP 0-2"],
    {
      tamper: changeEnvelope("0-2", (envelope) => ({
        ...envelope,
        payload: `-${envelope.payload.slice(1)}`,
      })),
    },
  ],
  [
    "a member given twice",
    ["DUPLICATE_KEY 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", SCHEMA, `${SCHEMA},${SCHEMA}`) },
  ],
  [
    "a number with a fraction",
    ["BAD_NUMBER 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", '"count":3', '"count":3.5') },
  ],
  [
    "a number that readers round",
    ["BAD_NUMBER 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", '"count":3', '"count":9007199254740993') },
  ],
  [
    "a letter beyond ASCII",
    ["NOT_ASCII 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", "0.1.0", "0.1.\u0430") },
  ],
  ["a long text", ["LONG_STRING 0-2", "GAP 0-2"], { tamper: changePayload("0-2", "0.1.0", "0".repeat(257)) }],
  [
    "lists in lists",
    ["TOO_DEEP 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", SCHEMA, `"schema":${"[".repeat(40)}${"]".repeat(40)}`) },
  ],
  [
    "a file of more than 262,144 bytes",
    ["OVERSIZE 0-2", "GAP 0-2"],
    { tamper: change("0-2", () => new Uint8Array(262_145).fill(32)) },
  ],
  [
    "a member that nobody knows",
    ["UNKNOWN_MEMBER 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", SCHEMA, `${SCHEMA},"scratch":true`) },
  ],
  [
    "another version of the format",
    ["SCHEMA 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", SCHEMA, '"schema":"2"') },
  ],
  [
    "results of another digest than the subject has",
    ["BAD_SUBJECT 0-2", "GAP 0-2"],
    { tamper: changePayload("0-2", '"value":"no"', '"value":"yes"') },
  ],
];
