import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { toAssetView } from "#db/queries/assets.ts";
import {
  addLibraryElement,
  archiveLibraryElement,
  changeLibraryElement,
  copyPictures,
  findLibraryElement,
  listLibraryElements,
  type LibraryElement,
} from "#db/queries/library-elements.ts";
import { recordEvent } from "#db/queries/project-events.ts";
import { canEdit } from "#domain/collab/access.ts";
import { StudioError } from "#domain/errors.ts";
import { ElementKind, LibraryFields, nameKey, type Element } from "#domain/film/element.ts";
import { filmFor, isUuid, workspaceFor } from "../access.ts";
import type { Caller } from "../auth.ts";
import { editFilm } from "../services/film-edits.ts";
import { loadFilm } from "../services/film-reader.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, Done, jsonBody, security, type Api } from "./api.ts";

const LibraryElementView = z.object({
  id: z.string(),
  workspaceId: z.string(),
  kind: ElementKind,
  element: LibraryFields,
  /** Counts up with every change; a film knows which one it has. */
  version: z.number().int(),
  updatedAt: z.string(),
});
const Library = z.object({
  elements: z.array(LibraryElementView),
  /** Whether the caller may change the library: an editor of one of its films alone may not. */
  mayEdit: z.boolean(),
});
const OneOfLibrary = z.object({ element: LibraryElementView });
const taken = () =>
  new StudioError("thing/conflict", "The library has an element of this kind and name already, or is full.");

/** Elements that all films of a workspace may have. A film takes over a new version when somebody says so. */
export function libraryElementRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/workspaces/{id}/elements",
      summary: "The workspace's element library",
      security,
      request: { params: ById },
      responses: answers(200, Library, "By kind and name"),
    }),
    async (c) => {
      const workspace = await workspaceFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const elements = (await listLibraryElements(parts.db, workspace.id)).map(view);
      return c.json({ elements, mayEdit: canEdit(workspace.role) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/workspaces/{id}/elements",
      summary: "Add an element to the library",
      security,
      request: { params: ById, ...jsonBody(z.object({ kind: ElementKind, element: LibraryFields })) },
      responses: answers(201, OneOfLibrary, "There, as version 1"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const workspace = await workspaceFor(parts, caller, c.req.valid("param").id, "edit");
      const { kind, element: fields } = c.req.valid("json");
      const order = { workspaceId: workspace.id, kind, fields, createdBy: caller.userId };
      const made = await addLibraryElement(parts.db, order);
      if (made === null) throw taken();
      return c.json({ element: view(made) }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/library-elements/{id}",
      summary: "Say anew how a library element is: the next version, which films are offered",
      security,
      request: { params: ById, ...jsonBody(z.object({ element: LibraryFields })) },
      responses: answers(200, OneOfLibrary, "The new version"),
    }),
    async (c) => {
      const before = await libraryElementFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      const changed = await changeLibraryElement(parts.db, before.id, c.req.valid("json").element);
      if (changed === null) throw taken();
      return c.json({ element: view(changed) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "delete",
      path: "/library-elements/{id}",
      summary: "Take an element out of the library; films that have it keep it",
      security,
      request: { params: ById },
      responses: answers(200, Done, "Gone"),
    }),
    async (c) => {
      const element = await libraryElementFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      await archiveLibraryElement(parts.db, element.id);
      return c.json({ ok: true as const }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/elements/from-library",
      summary: "Bring elements of the library into the film, or those it has up to their newest version",
      security,
      request: { params: ById, ...jsonBody(z.object({ ids: z.array(z.string().max(64)).min(1).max(200) })) },
      responses: answers(200, Done, "There; fields that the film changed stay its own"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "edit");
      for (const id of c.req.valid("json").ids) {
        const element = await libraryElementFor(parts, caller, id, "read");
        if (element.workspaceId !== project.workspaceId)
          throw new StudioError("thing/not-found", "There is no such element in this workspace's library.");
        await bring(parts, element, project.id, caller);
      }
      return c.json({ ok: true as const }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/elements/{elementId}/to-library",
      summary: "Keep a film's element in the library: as a new one, or as the next version of the one it came from",
      security,
      request: { params: ById.extend({ elementId: z.string().min(1).max(64) }) },
      responses: answers(200, OneOfLibrary, "Kept; other films are offered it"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const { id, elementId } = c.req.valid("param");
      const project = await filmFor(parts, caller, id, "edit");
      const library = await workspaceFor(parts, caller, project.workspaceId, "edit").catch(notTheirLibrary);
      const element = (await loadFilm(parts.db, project.id)).elements.find((each) => each.id === elementId);
      if (element === undefined) throw new StudioError("thing/not-found", "There is no such element in this film.");
      const fields = fieldsOf(element);
      const before = await cameFrom(parts, element, library.id);
      // What other films changed since stays, but for what this one changed itself.
      const own = Object.entries(fields).filter(([field]) => element.library?.kept.includes(field) === true);
      const kept =
        before !== null
          ? await changeLibraryElement(parts.db, before.id, { ...before.fields, ...Object.fromEntries(own) })
          : await addLibraryElement(parts.db, {
              ...{ workspaceId: library.id, kind: element.kind, fields, createdBy: caller.userId },
            });
      if (kept === null) throw taken();
      await bring(parts, kept, project.id, caller, []);
      return c.json({ element: view(kept) }, 200);
    },
  );
}

/** @throws StudioError "auth/forbidden": whoever may change the film knows already that there is a workspace round it */
function notTheirLibrary(error: unknown): never {
  if (error instanceof StudioError && ["thing/not-found", "auth/forbidden"].includes(error.code))
    throw new StudioError(
      "auth/forbidden",
      "You may change this film, but not the library of its workspace. Ask an owner of the workspace to make you an editor there.",
    );
  throw error;
}

/** The element of this library that a film's element says it came from: anybody who edits the film may write that there. */
async function cameFrom(parts: StudioParts, element: Element, workspaceId: string): Promise<LibraryElement | null> {
  const id = element.library?.id ?? "";
  const found = isUuid(id) ? await findLibraryElement(parts.db, id) : null;
  return found?.workspaceId === workspaceId && found.kind === element.kind ? found : null;
}

/**
 * Puts it into the film with pictures of the film's own, or follows it there.
 * @param anew  fields that are the film's own from now on; without, those that are stay so
 */
async function bring(
  parts: StudioParts,
  kept: LibraryElement,
  projectId: string,
  caller: Caller,
  anew?: string[],
): Promise<void> {
  const film = await loadFilm(parts.db, projectId);
  const refs = await ownRefs(parts, kept, projectId, caller);
  const fields = { ...kept.fields, ...(refs.length === 0 ? { refs: undefined } : { refs }) };
  const there =
    film.elements.find((element) => element.library?.id === kept.id) ??
    film.elements.find((element) => nameKey(element) === nameKey({ kind: kept.kind, name: kept.fields.name }));
  const library = { id: kept.id, version: kept.version };
  if (there !== undefined) {
    // One of the same name that people made here keeps what they wrote.
    const own = anew !== undefined ? { kept: anew } : there.library === undefined ? { kept: saidBy(there) } : {};
    await editFilm(parts.bus, projectId, {
      ...{ kind: "follow-library", id: there.id, fields, library: { ...library, ...own } },
    });
    return;
  }
  const element = { ...fields, kind: kept.kind, library: { ...library, kept: [] } };
  await editFilm(parts.bus, projectId, { kind: "add-element", element, projectId });
}

async function ownRefs(
  parts: StudioParts,
  kept: LibraryElement,
  projectId: string,
  caller: Caller,
): Promise<NonNullable<LibraryFields["refs"]>> {
  const refs = kept.fields.refs ?? [];
  const ids = refs.map(({ assetId }) => assetId).filter(isUuid);
  return parts.db.transaction(async (tx) => {
    const copies = await copyPictures(tx, ids, {
      ...{ workspaceId: kept.workspaceId, projectId, createdBy: caller.userId },
    });
    for (const [id, copy] of copies)
      if (id !== copy.id) await recordEvent(tx, projectId, { type: "asset", asset: toAssetView(copy) });
    return refs.flatMap((ref) => {
      const copy = copies.get(ref.assetId);
      return copy === undefined ? [] : [{ ...ref, assetId: copy.id }];
    });
  });
}

/** @throws StudioError "thing/not-found" for who may not know of it, "access/denied" for who may not change it */
async function libraryElementFor(
  parts: StudioParts,
  caller: Caller,
  id: string,
  need: "read" | "edit",
): Promise<LibraryElement> {
  const element = isUuid(id) ? await findLibraryElement(parts.db, id) : null;
  const none = new StudioError("thing/not-found", "There is no such element in the library.");
  if (element === null) throw none;
  try {
    await workspaceFor(parts, caller, element.workspaceId, need);
  } catch (error) {
    throw error instanceof StudioError && error.code === "thing/not-found" ? none : error;
  }
  return element;
}

function fieldsOf(element: Element): LibraryFields {
  return LibraryFields.parse(element);
}

/** In which fields somebody said something. */
function saidBy(element: Element): string[] {
  return Object.entries(fieldsOf(element)).flatMap(([field, value]) =>
    value === undefined || value === "" || (Array.isArray(value) && value.length === 0) ? [] : field,
  );
}

function view(element: LibraryElement): z.infer<typeof LibraryElementView> {
  const { fields, updatedAt, ...rest } = element;
  return { ...rest, element: fields, updatedAt: updatedAt.toISOString() };
}
