import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { AnyDocument } from "../manifest/document.ts";
import { quote } from "../manifest/form.ts";
import { placeOf } from "../manifest/place.ts";
import { type ByKind, frameworkOfFamily } from "./by-kind.ts";

/** One use of something that may be used once. */
export interface Use {
  readonly document: AnyDocument;
  readonly pointer: string;
  readonly value: string;
  /** Within what it must be unique. */
  readonly scope: string;
}

/** Every name, identity and key that is used twice where it must be one; both ends are reported. */
export function duplicateFindings(byKind: ByKind): Diagnostic[] {
  const uses = [...nameUses(byKind), ...identityUses(byKind), ...keyUses(byKind), ...controlUses(byKind)];
  return repeatedGroups(uses).flatMap(reportEach);
}

/** Uses of one value in one scope, where there are several; there are tens of thousands of uses, and hardly ever any. */
function repeatedGroups(uses: readonly Use[]): readonly (readonly Use[])[] {
  const firsts = new Map<string, Map<string, Use>>();
  const repeated = new Map<Use, Use[]>();
  for (const use of uses) {
    const seen = firsts.get(use.scope) ?? new Map<string, Use>();
    firsts.set(use.scope, seen);
    const first = seen.get(use.value);
    if (first === undefined) seen.set(use.value, use);
    else repeated.set(first, [...(repeated.get(first) ?? [first]), use]);
  }
  return [...repeated.values()];
}

function reportEach(group: readonly Use[]): Diagnostic[] {
  return group.map((use) => {
    const other = group.find((one) => one !== use) ?? use;
    const { document, pointer, value, scope } = use;
    const { line, column } = other.document.locate(other.pointer);
    const expected = `each ${scope.split(":")[0]} once`;
    const found = `${quote(value)} also at ${other.document.path}:${line}:${column}`;
    const at = document.locate(pointer);
    return errorAt({ file: document.path, at, pointer, code: "REF_DUPLICATE", expected, found });
  });
}

/** Names of checks, runbooks and drills are unique over the library, whatever folder they are in. */
function nameUses(byKind: ByKind): Use[] {
  const library = [...byKind.Check, ...byKind.Runbook, ...byKind.Drill];
  const hosts = byKind.Site.flatMap((document) => {
    const place = placeOf(document.path);
    const scope = `host name of a site:${place?.partner}/${place?.site}`;
    return document.spec.hosts.map(({ name }, at) => ({
      document,
      pointer: `/spec/hosts/${at}/name`,
      value: name,
      scope,
    }));
  });
  const named = library.map((document) => {
    const scope = `${document.kind} name`;
    return { document, pointer: "/metadata/name", value: document.name, scope };
  });
  return [...named, ...hosts];
}

/** Every use of an identity: each belongs to one thing, of whatever kind. */
export function identityUses(byKind: ByKind): Use[] {
  const scope = "identity";
  const own = (document: AnyDocument, value: string | undefined): Use[] =>
    value === undefined ? [] : [{ document, pointer: "/spec/id", value, scope }];
  return [
    ...byKind.Partner.flatMap((partner) => own(partner, partner.spec.id)),
    ...byKind.Site.flatMap((site) => own(site, site.spec.id)),
    ...byKind.Site.flatMap((document) =>
      document.spec.hosts.map(({ id }, at) => ({
        document,
        pointer: `/spec/hosts/${at}/id`,
        value: id,
        scope,
      })),
    ),
    ...byKind.Appliance.flatMap((appliance) => own(appliance, appliance.spec.id)),
  ];
}

/** Every use of a key, which has one holder, and of a log, which has one partner. */
export function keyUses(byKind: ByKind): Use[] {
  const use = (document: AnyDocument, pointer: string, value: string | undefined, scope: string): Use[] =>
    value === undefined ? [] : [{ document, pointer, value, scope }];
  return [
    ...byKind.Partner.flatMap((partner) => [
      ...use(partner, "/spec/authority/publicKey", partner.spec.authority?.publicKey, "public key"),
      ...use(partner, "/spec/log/origin", partner.spec.log?.origin, "log origin"),
    ]),
    ...byKind.Appliance.flatMap((box) => use(box, "/spec/publicKey", box.spec.publicKey, "public key")),
  ];
}

function controlUses(byKind: ByKind): Use[] {
  return byKind.ControlFamily.flatMap((document) =>
    document.spec.controls.map(({ id }, at) => {
      const scope = `control of a framework:${frameworkOfFamily(document.path)}`;
      return { document, pointer: `/spec/controls/${at}/id`, value: id, scope };
    }),
  );
}
