import { approvedException, type Exception } from "../excepted.ts";
import { edit, setRows } from "../forgeries.ts";
import { timeAt } from "../statements.ts";
import type { Case, ForgedCase, HonestCase } from "./case.ts";

/** The rows of `0-1`, which ends at minute 2, name an exception; the trust file has these, each different from a good one. */
function excepted(...differing: readonly Partial<Exception>[]): Case {
  return {
    forgery: {
      ...edit(
        "0-1",
        setRows((rows) => rows.map((row) => ({ ...row, exception: "exc-1" }))),
      ),
      trust: (trust, { ids }) => ({
        ...trust,
        exceptions: differing.map((different) => ({ ...approvedException(ids.site), ...different })),
      }),
    },
  };
}

/** A good exception of a site that is another one. */
const elsewhere = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** Results that say that somebody excepted them, and nobody did. */
export const exceptionCases: readonly ForgedCase[] = [
  ["that no trust file lists", ["EXCEPTION_UNKNOWN 0-1"], excepted()],
  ["of another name", ["EXCEPTION_UNKNOWN 0-1"], excepted({ name: "exc-2" })],
  ["of another site", ["EXCEPTION_OTHER_SITE 0-1"], excepted({ site: elsewhere })],
  ["for another host", ["EXCEPTION_OTHER_SITE 0-1"], excepted({ host: elsewhere })],
  ["for another check", ["EXCEPTION_OTHER_SITE 0-1"], excepted({ check: "cb" })],
  ["that has expired", ["EXCEPTION_EXPIRED 0-1"], excepted({ expires: timeAt(2) })],
  ["that is not yet in force", ["EXCEPTION_EXPIRED 0-1"], excepted({ notBefore: timeAt(3) })],
  ["that nobody approved", ["EXCEPTION_UNAPPROVED 0-1"], excepted({ approvedBy: [] })],
  ["that its requester approved", ["EXCEPTION_SELF_APPROVED 0-1"], excepted({ approvedBy: ["ada"] })],
];

/** Exceptions with which nothing is wrong. */
export const honestExceptions: readonly HonestCase[] = [
  ["an approved exception", [], excepted({})],
  ["an exception for one check in its last moment", [], excepted({ check: "cc", notBefore: timeAt(2) })],
  ["an exception that its requester and another approved", [], excepted({ approvedBy: ["ada", "grace"] })],
  ["an exception given again", [], excepted({ expires: timeAt(1) }, { notBefore: timeAt(1) })],
];
