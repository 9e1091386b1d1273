import { pino } from "pino";
import { expect, test } from "vitest";
import { logOptions } from "./log.ts";

test("what is named like a secret is in no line", () => {
  const lines: string[] = [];
  const log = pino(logOptions, { write: (line: string) => void lines.push(line) });
  const secret = "s3cr3t";
  log.info(
    { bearer: secret, config: { token: secret }, req: { headers: { authorization: secret } } },
    "asked",
  );
  log.child({ appliance: { privateKey: secret } }).info("child");
  expect(lines).toHaveLength(2);
  expect(lines.join("")).not.toContain(secret);
});
