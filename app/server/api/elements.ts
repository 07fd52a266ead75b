import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { signs } from "#domain/elements/detect.ts";
import { suggestionsIn } from "#domain/elements/propose.ts";
import { usesIn } from "#domain/elements/uses.ts";
import { StudioError } from "#domain/errors.ts";
import { ElementChanges, ElementKind, ElementMark, ElementRecord, nameKey, NewElement } from "#domain/film/element.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { Id } from "#domain/ids.ts";
import { filmFor } from "../access.ts";
import { editFilm } from "../services/film-edits.ts";
import { loadFilm } from "../services/film-reader.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, Done, jsonBody, security, type Api } from "./api.ts";

const ElementView = ElementRecord.omit({ order: true }).extend({
  /** In whose picture it is; a style is in all of them and names none. */
  shotIds: z.array(Id),
});
const OneElement = z.object({ element: ElementView });
const SuggestionView = z.object({
  /** Absent: the film has no such element yet. */
  elementId: Id.optional(),
  kind: ElementKind,
  name: z.string(),
  confidence: z.number(),
  /** What spoke for it: its name, a trigger word, a heading, ... */
  sign: z.enum(signs),
  shotIds: z.array(Id),
  sceneIds: z.array(Id),
});
const OneOf = ById.extend({ elementId: z.string().min(1).max(64) });

/** What a film comes back to: people, places, things and its style. */
export function elementRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "get",
      path: "/projects/{id}/elements",
      summary: "The film's elements, and in which shots each is",
      security,
      request: { params: ById },
      responses: answers(200, z.object({ elements: z.array(ElementView) }), "In their order"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      return c.json({ elements: viewElements(await loadFilm(parts.db, project.id)) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/elements",
      summary: "Add an element; one of this kind and name that is there already is answered as it is",
      security,
      request: { params: ById, ...jsonBody(NewElement.omit({ library: true })) },
      responses: answers(201, OneElement, "There"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "edit");
      const element = c.req.valid("json");
      await editFilm(parts.bus, project.id, { kind: "add-element", element, projectId: project.id });
      const made = viewElements(await loadFilm(parts.db, project.id)).find(
        (each) => nameKey(each) === nameKey(element),
      );
      if (made === undefined) throw new StudioError("thing/conflict", "Somebody removed it at once.");
      return c.json({ element: made }, 201);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/elements/detect",
      summary: "What the shots speak of that is no element yet, and elements they only hint at; saves nothing",
      security,
      request: { params: ById },
      responses: answers(200, z.object({ suggestions: z.array(SuggestionView) }), "The surest first"),
    }),
    async (c) => {
      const project = await filmFor(parts, callerIn(c), c.req.valid("param").id, "read");
      const suggestions = suggestionsIn(await loadFilm(parts.db, project.id));
      return c.json({ suggestions: suggestions.map(({ outId: _, ...told }) => told) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "patch",
      path: "/projects/{id}/elements/{elementId}",
      summary: "Change fields of an element; null takes one away",
      security,
      request: { params: OneOf, ...jsonBody(ElementChanges) },
      responses: answers(200, OneElement, "As it is now"),
    }),
    async (c) => {
      const { id, elementId } = c.req.valid("param");
      const project = await filmFor(parts, callerIn(c), id, "edit");
      elementIn(await loadFilm(parts.db, project.id), elementId);
      await editFilm(parts.bus, project.id, { kind: "change-element", id: elementId, changes: c.req.valid("json") });
      return c.json({ element: elementIn(await loadFilm(parts.db, project.id), elementId) }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "delete",
      path: "/projects/{id}/elements/{elementId}",
      summary: "Remove an element from the film and from its shots",
      security,
      request: { params: OneOf },
      responses: answers(200, Done, "Gone"),
    }),
    async (c) => {
      const { id, elementId } = c.req.valid("param");
      const project = await filmFor(parts, callerIn(c), id, "edit");
      elementIn(await loadFilm(parts.db, project.id), elementId);
      await editFilm(parts.bus, project.id, { kind: "remove-element", id: elementId });
      return c.json({ ok: true as const }, 200);
    },
  );

  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/elements/{elementId}/mark",
      summary: "Say of shots that the element is in the picture, is not, or that their words shall decide",
      security,
      request: {
        params: OneOf,
        ...jsonBody(z.object({ shotIds: z.array(Id).min(1).max(5000), mark: ElementMark })),
      },
      responses: answers(200, OneElement, "With the shots it is in now"),
    }),
    async (c) => {
      const { id, elementId } = c.req.valid("param");
      const project = await filmFor(parts, callerIn(c), id, "edit");
      elementIn(await loadFilm(parts.db, project.id), elementId);
      await editFilm(parts.bus, project.id, { kind: "mark-element", id: elementId, ...c.req.valid("json") });
      return c.json({ element: elementIn(await loadFilm(parts.db, project.id), elementId) }, 200);
    },
  );
}

function viewElements(film: Film): z.infer<typeof ElementView>[] {
  const uses = new Map(usesIn(film).map(({ element, shotIds }) => [element.id, shotIds]));
  return film.elements.map((element) => ({ ...element, shotIds: uses.get(element.id) ?? [] }));
}

/** @throws StudioError "thing/not-found" */
function elementIn(film: Film, id: string): z.infer<typeof ElementView> {
  const element = viewElements(film).find((each) => each.id === id);
  if (element === undefined) throw new StudioError("thing/not-found", "There is no such element in this film.");
  return element;
}
