import { describe, expect, test } from "vitest";
import { checkOf, factsIn, look } from "./testdata/rows.ts";

const header =
  "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
const socket = (local: string, remote: string, state: string): string =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 1674 1 0`;
const table = (...lines: string[]): string => `${[header, ...lines].join("\n")}\n`;
const check = checkOf({ port: { protocols: ["tcp", "udp"] } }, "port");
const seen = (files: Record<string, string>) => factsIn(look(check, { files, practice: true }));
const none4 = "00000000:0000";
const none6 = `${"0".repeat(32)}:0000`;
const sixes = (address: string): Record<string, string> => ({
  "/proc/net/tcp6": table(socket(`${address}:0016`, none6, "0A")),
});

describe("sockets", () => {
  test("that wait are listed once each, others are not", () => {
    const files = {
      "/proc/net/tcp": table(
        socket("00000000:0016", none4, "0A"),
        socket("00000000:0016", none4, "0A"),
        socket("0100007F:1F90", none4, "0A"),
        socket("0A0200C0:0050", none4, "0A"),
        socket("0A0200C0:C350", "146433C6:01BB", "01"),
      ),
      "/proc/net/udp": table(
        socket("00000000:0044", none4, "07"),
        socket("0A0200C0:D431", "356433C6:0035", "01"),
      ),
    };
    expect(seen(files)).toEqual({
      found: true,
      sockets: [
        { protocol: "tcp", family: 4, port: 22, reach: "any" },
        { protocol: "tcp", family: 4, port: 8080, reach: "loopback" },
        { protocol: "tcp", family: 4, port: 80, reach: "address" },
        { protocol: "udp", family: 4, port: 68, reach: "any" },
      ],
    });
  });

  test.each([
    ["0".repeat(32), "any"],
    ["00000000000000000000000001000000", "loopback"],
    ["0000000000000000FFFF00000100007F", "loopback"],
    ["0000000000000000FFFF000000000000", "any"],
    ["0000000000000000FFFF00000A0200C0", "address"],
    ["B80D0120000000000000000001000000", "address"],
  ])("over IPv6 at %s reach %s", (address, reach) => {
    expect(seen(sixes(address))).toMatchObject({ sockets: [{ family: 6, port: 22, reach }] });
  });

  test("of a host without any table are not known", () => {
    expect(seen({})).toEqual({ found: false, sockets: [] });
    expect(seen({ "/proc/net/tcp": table() })).toEqual({ found: true, sockets: [] });
  });

  test.each([
    ["", "nothing at all"],
    [socket("00000000:0016", none4, "0A"), "no header"],
    [table("0: 00000000:16 00000000:0000 0A "), "a port of two digits"],
    [table("half a li"), "a line that is cut short"],
    [table(socket("00000000:0016", none4, "0A"), "", socket("00000000:0017", none4, "0A")), "a hole"],
  ])("are an error when the table is no such table: %#", (text) => {
    expect(seen({ "/proc/net/tcp": text })).toEqual({ kind: "error", reason: "SYNTAX_INVALID" });
  });
});
