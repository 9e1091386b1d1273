import { existsSync } from "node:fs";
import type { DecisionTree, PlanSide } from "@compline/core";
import type { LivePartner } from "../../reconcile/accept.ts";
import { type Before, foresee, type Foresight } from "../../reconcile/foresee.ts";
import { ownersOf } from "../../reconcile/ownership.ts";
import { judgeTree, type LoadedRevision } from "../../reconcile/load.ts";
import type { Published } from "../../reconcile/publish.ts";
import { decisionsAt, decisionTreeOf } from "../../source/decisions.ts";
import { readWholeFolder } from "../../source/folder.ts";
import type { SourceFile, SourceFiles } from "../../source/entry.ts";
import { readTree } from "../../source/tree.ts";
import { layoutOf } from "../../start/layout.ts";
import { CliError } from "../failure.ts";
import { withIdentities } from "./identities.ts";
import { type PublishedState, readPublished } from "./published.ts";
import { openRepository, type PlannedRepository } from "./repository.ts";

/** What is to be compared: flags of `compline plan`. */
export interface PlanRequest {
  /** Absolute. */
  readonly repo: string;
  readonly state: string | undefined;
  readonly base?: string;
  readonly head?: string;
  /** What `status --snapshot` wrote; `-` is standard input. */
  readonly observed?: string;
}

/** Reads a file, or remembers what it gave: most files of both sides are the same. */
export type Parse = (file: SourceFile) => ReturnType<Parameters<typeof judgeTree>[2] & object>;

/** What the plan starts from. */
export interface BaseSide {
  readonly side: PlanSide;
  readonly before: Before;
  /** Which source of the controller the repository is; 0 and `main` without one. */
  readonly at: number;
  readonly source: string;
  /** What of a base that is a commit would itself be refused. */
  readonly refused: Foresight["refused"];
}

/** What would be published. */
export interface HeadSide {
  readonly side: PlanSide;
  readonly loaded: LoadedRevision;
  readonly decisions: DecisionTree;
}

/** Both sides, and whether the head has the base among its commits; true where that does not apply. */
export interface Sides {
  readonly base: BaseSide;
  readonly head: HeadSide;
  readonly contained: boolean;
}

/** The revision of files that are no commit: it is in no plan. */
const unnamed = "0".repeat(40);

/**
 * Finds and reads both sides. Without `--base` it is what the state folder published; without a state folder, where
 * the head left its upstream branch; without that, the commit that is checked out. Without `--head` it is the folder's
 * files as they lie there; of a bare repository, its HEAD.
 * Reads only, from this machine only. Throws `CliError` (usage), GIT_FAILED, GIT_OBJECT, TREE_TOO_LARGE, and what
 * reading a state folder throws.
 */
export async function readSides(request: PlanRequest, parse: Parse, nowMs: number): Promise<Sides> {
  if (!existsSync(request.repo)) throw new CliError("usage", `there is no folder ${request.repo}`);
  const repository = await openRepository(request.repo);
  const published = await publishedFor(request, parse);
  const inForce = published?.demo === true ? published.before.sources.flat() : [];
  const headSide = await findHead(request, repository);
  const base =
    request.base === undefined && published !== null
      ? publishedBase(published)
      : await commitBase(await findBase(request, repository, headSide), { request, parse, inForce, nowMs });
  const { source, decisions } = await readHead(request.repo, headSide);
  const loaded = judge(headSide, source, { parse, inForce });
  return {
    base,
    head: { side: headSide, loaded, decisions },
    contained: await isContained(repository, base.side, headSide),
  };
}

async function readHead(
  repo: string,
  { kind, revision }: PlanSide,
): Promise<{ readonly source: SourceFiles; readonly decisions: DecisionTree }> {
  const { source, decisions } =
    kind === "folder" ? readWholeFolder(repo) : await readWholeCommit(repo, revision ?? "");
  return { source, decisions: decisionTreeOf(source, decisions) };
}

async function readWholeCommit(repo: string, revision: string): Promise<ReturnType<typeof readWholeFolder>> {
  const { files } = await decisionsAt(repo, revision);
  return { source: await readTree(repo, revision), decisions: files };
}

/** With `--base` a state folder is read only for the identities that `compline start` made. */
async function publishedFor(
  { repo, state, base }: PlanRequest,
  parse: Parse,
): Promise<PublishedState | null> {
  if (base !== undefined && !existsSync(layoutOf(repo, state).desired)) return null;
  return await readPublished({ repo, state, parse });
}

async function findHead({ head }: PlanRequest, repository: PlannedRepository | null): Promise<PlanSide> {
  if (head !== undefined) return commitSide(await neededFor(repository, "--head").commit(head));
  if (repository === null) return { kind: "folder", ref: null, revision: null };
  if (!repository.hasFolder) return commitSide(await repository.commit("HEAD"));
  return { kind: "folder", ref: null, revision: await repository.head() };
}

async function findBase(
  { base }: PlanRequest,
  repository: PlannedRepository | null,
  head: PlanSide,
): Promise<PlanSide> {
  if (base !== undefined) return commitSide(await neededFor(repository, "--base").commit(base));
  if (repository === null || head.revision === null) return { kind: "nothing", ref: null, revision: null };
  const branching = await repository.branchingPoint(head.revision);
  if (branching !== null) return commitSide(branching);
  if (head.kind === "folder") return commitSide(await repository.commit("HEAD"));
  throw new CliError("usage", "there is no upstream branch to compare with; name a commit with --base");
}

function neededFor(repository: PlannedRepository | null, flag: string): PlannedRepository {
  if (repository !== null) return repository;
  throw new CliError("usage", `${flag} names a commit, and this folder is no git repository of its own`);
}

function commitSide({ ref, revision }: { readonly ref: string; readonly revision: string }): PlanSide {
  return { kind: "commit", ref, revision };
}

function publishedBase({ before, at, source, revision }: PublishedState): BaseSide {
  return { side: { kind: "published", ref: null, revision }, before, at, source, refused: [] };
}

interface Reading {
  readonly request: PlanRequest;
  readonly parse: Parse;
  readonly inForce: readonly LivePartner[];
  readonly nowMs: number;
}

const nothing: Before = { sources: [[]], published: new Map(), owners: new Map() };

/** What publishing a commit's files, and nothing before them, comes to. */
async function commitBase(side: PlanSide, { request, nowMs, ...how }: Reading): Promise<BaseSide> {
  const place = { at: 0, source: "main" };
  if (side.revision === null) return { side, before: nothing, ...place, refused: [] };
  const loaded = judge(side, await readTree(request.repo, side.revision), how);
  const { actions, partners, refused } = foresee(nothing, { loaded, ...place }, nowMs);
  const published = actions.flatMap((action): [string, Published][] => {
    if (action.kind !== "publish") return [];
    const { assignment } = action;
    return [[assignment.appliance, { generation: 0, current: true, read: () => assignment }]];
  });
  return {
    side,
    before: { sources: [partners], published: new Map(published), owners: ownersOf(partners) },
    ...place,
    refused,
  };
}

function judge(
  { kind, revision }: PlanSide,
  { files, diagnostics }: SourceFiles,
  { parse, inForce }: Pick<Reading, "parse" | "inForce">,
): LoadedRevision {
  const named = kind === "folder" ? unnamed : (revision ?? unnamed);
  return judgeTree(named, { files: withIdentities(files, inForce), diagnostics }, parse);
}

async function isContained(
  repository: PlannedRepository | null,
  base: PlanSide,
  head: PlanSide,
): Promise<boolean> {
  if (repository === null || base.kind !== "commit" || base.revision === null || head.revision === null)
    return true;
  return await repository.contains(head.revision, base.revision);
}
