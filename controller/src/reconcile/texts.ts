/** What a reason of a condition means, for people; `{}` is filled with a detail. */
export const reasonTexts = {
  ACCEPTED: "The newest revision is in force.",
  SOURCE_UNREACHABLE: "The source cannot be read: {}. What was in force stays so.",
  NOT_DESCENDANT:
    "Revision {} does not descend from the accepted one and is refused. What was in force stays so.",
  TREE_UNREADABLE: "The tree at {} is refused. What was in force stays so.",
  LIBRARY_FAULT:
    "The library (frameworks, policies, runbooks) has errors at {}. What was in force stays so, for all. `npx compline validate` lists them.",
  PARTNER_FAULT:
    "The partner's files have errors at {}. What was in force for it stays so. `npx compline validate` lists them.",
  IDENTITY_MOVED:
    "{}, for good. What was in force for this partner stays so; give what is new its own identity and key.",
  IDENTITY_TAKEN: "{} belongs to another source's partner. This partner is not in force.",
  GIT_DISAGREES:
    "A decision of the authority is kept and does not count, {}. Git decides: have what it carries out reviewed and " +
    "accepted, or sign another decision.",
  DECISION_REFUSED:
    "A decision of the authority that is in git is not taken in, {}. Put the file back as `compline authority` wrote it, " +
    "or remove it.",
  DECISION_NOT_COMMITTED:
    "A decision of the authority is kept here and is not in git: {}. If this store is lost, nothing brings it back. Commit " +
    "the file that `compline authority` wrote; an export has it, too.",
  AUTHORITY_FORK:
    "The authority's chain has two decisions at one place, and neither counts, {}. If nobody signed twice by mistake, " +
    "somebody else has its key: docs/keys.md says what to do.",
  LOG_SET_BACK:
    "The log {}: the store was set back, or is another one. Evidence is taken in; no checkpoint is signed. Stop the " +
    "controller, put the newest store back, and start it. If that is lost, tell auditors and witnesses, and begin a log of " +
    "a new name (spec.log.origin) in a new state folder.",
  LOG_ANOTHER_HISTORY:
    "The log {}, and the order is another one: the store was set back and grew again. Evidence is taken in; no checkpoint " +
    "is signed. Stop the controller, put the newest store back, and start it. If that is lost, tell auditors and " +
    "witnesses, and begin a log of a new name (spec.log.origin) in a new state folder.",
  WITNESSES_UNREAD:
    "What witnesses saw of the log {}. It is tried again. After a start no checkpoint is signed before it was read once.",
} as const;

/** A stable reason of a condition. */
export type Reason = keyof typeof reasonTexts;

/** The text of a reason with its detail. */
export function textOf(reason: Reason, detail = ""): string {
  return reasonTexts[reason].replace("{}", detail);
}
