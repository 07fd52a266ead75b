/**
 * Who may do what, in one place. Whoever may not know of a thing hears that there is none (404); whoever knows it but
 * may not do this hears so (403). Handlers ask here first and then trust what they were given.
 */
import { findAsset, type AssetRow } from "#db/queries/assets.ts";
import { findInvite, type InviteRow } from "#db/queries/invites.ts";
import { getJob } from "#db/queries/jobs.ts";
import { findProjectFor, type ProjectWithRole } from "#db/queries/projects.ts";
import { getRun, type RunView } from "#db/queries/runs.ts";
import { getTake } from "#db/queries/takes.ts";
import { findWorkspaceRole } from "#db/queries/workspaces.ts";
import { canComment, canEdit, canManage, type Role } from "#domain/collab/access.ts";
import { StudioError } from "#domain/errors.ts";
import type { JobView, TakeView } from "#domain/jobs/messages/views.ts";
import type { Caller } from "./auth.ts";
import type { StudioParts } from "./studio-parts.ts";

/** What a request is about to do: viewers read, commenters comment, editors change, owners manage people. */
export type Need = "read" | "comment" | "edit" | "manage";

const allowed: Record<Need, (role: Role) => boolean> = {
  read: () => true,
  comment: canComment,
  edit: canEdit,
  manage: canManage,
};
const sentences: Record<Need, string> = {
  read: "You may not see this.",
  comment: "You may look at this, but not comment on it.",
  edit: "You may look at this, but not change it. Ask an owner to make you an editor.",
  manage: "Only an owner may do this.",
};

type Db = Pick<StudioParts, "db">;

/** @throws StudioError "auth/required" */
export function needCaller(caller: Caller | null | undefined): Caller {
  if (caller === null || caller === undefined) throw new StudioError("auth/required", "Sign in, or send a token.");
  return caller;
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

export async function projectFor(parts: Db, caller: Caller, projectId: string, need: Need): Promise<ProjectWithRole> {
  const project = isUuid(projectId) ? await findProjectFor(parts.db, projectId, caller.userId) : null;
  if (project === null) throw noSuch("project");
  check(project.role, need);
  return project;
}

/** A project that is a film, with a document that can be opened: what stands behind a generation is none. */
export async function filmFor(parts: Db, caller: Caller, projectId: string, need: Need): Promise<ProjectWithRole> {
  const project = await projectFor(parts, caller, projectId, need);
  if (project.purpose !== "film") throw noSuch("project");
  return project;
}

export async function workspaceFor(
  parts: Db,
  caller: Caller,
  workspaceId: string,
  need: Need,
): Promise<{ id: string; name: string; role: Role }> {
  const workspace = isUuid(workspaceId) ? await findWorkspaceRole(parts.db, workspaceId, caller.userId) : null;
  if (workspace === null) throw noSuch("workspace");
  check(workspace.role, need);
  return workspace;
}

export async function jobFor(
  parts: Db,
  caller: Caller,
  jobId: string,
  need: Need,
): Promise<{ job: JobView; project: ProjectWithRole }> {
  const job = isUuid(jobId) ? await getJob(parts.db, jobId) : null;
  if (job === null) throw noSuch("job");
  return { job, project: await within("job", () => projectFor(parts, caller, job.projectId, need)) };
}

export async function runFor(
  parts: Db,
  caller: Caller,
  runId: string,
  need: Need,
): Promise<{ run: RunView; project: ProjectWithRole }> {
  const run = isUuid(runId) ? await getRun(parts.db, runId) : null;
  if (run === null) throw noSuch("run");
  return { run, project: await within("run", () => projectFor(parts, caller, run.projectId, need)) };
}

export async function takeFor(
  parts: Db,
  caller: Caller,
  takeId: string,
  need: Need,
): Promise<{ take: TakeView; project: ProjectWithRole }> {
  const take = isUuid(takeId) ? await getTake(parts.db, takeId) : null;
  if (take === null) throw noSuch("take");
  return { take, project: await within("take", () => projectFor(parts, caller, take.projectId, need)) };
}

export async function assetFor(
  parts: Db,
  caller: Caller,
  assetId: string,
  need: Need,
): Promise<{ asset: AssetRow; project: ProjectWithRole }> {
  const asset = isUuid(assetId) ? await findAsset(parts.db, assetId) : null;
  if (asset === null) throw noSuch("asset");
  return { asset, project: await within("asset", () => projectFor(parts, caller, asset.projectId, need)) };
}

/** Invites are managed by owners of what they open. */
export async function inviteFor(parts: Db, caller: Caller, inviteId: string): Promise<InviteRow> {
  const invite = isUuid(inviteId) ? await findInvite(parts.db, inviteId) : null;
  if (invite === null) throw noSuch("invite");
  await within("invite", () => workspaceFor(parts, caller, invite.workspaceId, "manage"));
  return invite;
}

function check(role: Role, need: Need): void {
  if (!allowed[need](role)) throw new StudioError("auth/forbidden", sentences[need]);
}

function noSuch(noun: string): StudioError {
  return new StudioError("thing/not-found", `There is no such ${noun}, or it is not yours to see.`);
}

/** A thing in a project that the caller may not know of is itself not there. */
async function within<T>(noun: string, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof StudioError && error.code === "thing/not-found") throw noSuch(noun);
    throw error;
  }
}
