/** What people do with a film's elements: each function is one transaction, so one step of undo. */
import * as Y from "yjs";
import type { Id } from "#domain/ids.ts";
import { orderBetween } from "#domain/order.ts";
import { DerivedIds } from "./derived-ids.ts";
import { collectionOf } from "./document.ts";
import { changeShot, recordOf, setFields, type EditContext } from "./edit.ts";
import {
  ElementVariant,
  mostVariants,
  nameKey,
  type Element,
  type ElementMark,
  type ElementRecord,
  type LibraryFields,
  type NewElement,
} from "./element.ts";
import type { Shot, ShotRecord } from "./shot.ts";
import { readFilm } from "./snapshot.ts";

export type ElementPatch = Partial<Omit<ElementRecord, "id" | "order" | "library">>;

/** Fields that a film may keep for itself while the rest follows the workspace's library. */
const libraryFields = [
  "name",
  "aliases",
  "description",
  "triggerWords",
  "keywords",
  "refs",
  "colours",
  "look",
  "props",
  "voice",
] as const satisfies readonly (keyof LibraryFields)[];

/**
 * Adds an element behind the others. One of this kind and name that is there already stays as it is: two people who
 * take up the same suggestion at once mean one thing.
 * @returns the element's id
 */
export function addElement(doc: Y.Doc, fields: NewElement, context: EditContext): Id {
  const { elements } = readFilm(doc);
  const there = elements.find((element) => nameKey(element) === nameKey(fields));
  if (there) return there.id;
  const map = collectionOf(doc, "elements");
  const id =
    context.projectId === undefined
      ? context.newId()
      : new DerivedIds((taken) => map.has(taken)).next(context.projectId, "element", nameKey(fields));
  const order = orderBetween(lastOrder(doc), null);
  doc.transact(() => map.set(id, recordOf({ ...fields, order })), context.origin);
  return id;
}

/** Sets what the patch says; `undefined` takes a field away. What came from the library is from then on the film's own. */
export function changeElement(doc: Y.Doc, id: Id, patch: ElementPatch, context: EditContext): void {
  const record: unknown = collectionOf(doc, "elements").get(id);
  const before = readFilm(doc).elements.find((element) => element.id === id);
  if (!(record instanceof Y.Map) || !before) return;
  const changed = libraryFields.filter(
    (field) => field in patch && JSON.stringify(patch[field]) !== JSON.stringify(before[field]),
  );
  const library =
    before.library === undefined || changed.length === 0
      ? {}
      : { library: { ...before.library, kept: [...new Set([...before.library.kept, ...changed])] } };
  doc.transact(() => setFields(record, { ...patch, ...library }), context.origin);
}

/**
 * Changes one variant from what it is now, so that whoever is at another one keeps that. `undefined` takes a field away:
 * the variant then has it as the element has.
 */
export function changeVariant(
  doc: Y.Doc,
  id: Id,
  variantId: Id,
  change: (now: ElementVariant) => { [F in keyof ElementVariant]?: ElementVariant[F] | undefined },
  context: EditContext,
): void {
  changeVariants(doc, id, context, (variants) =>
    variants.map((now) => {
      if (now.id !== variantId) return now;
      const said = Object.entries({ ...now, ...change(now) }).filter(([, value]) => value !== undefined);
      return ElementVariant.parse(Object.fromEntries(said));
    }),
  );
}

/** Adds a variant that holds in no scene yet, unless there are as many as there may be. */
export function addVariant(doc: Y.Doc, id: Id, context: EditContext): void {
  changeVariants(doc, id, context, (variants) =>
    variants.length >= mostVariants
      ? variants
      : [...variants, { id: context.newId(), name: `Variant ${variants.length + 1}`, sceneIds: [] }],
  );
}

export function removeVariant(doc: Y.Doc, id: Id, variantId: Id, context: EditContext): void {
  changeVariants(doc, id, context, (variants) => variants.filter((variant) => variant.id !== variantId));
}

function changeVariants(
  doc: Y.Doc,
  id: Id,
  context: EditContext,
  change: (now: readonly ElementVariant[]) => readonly ElementVariant[],
): void {
  doc.transact(() => {
    const now = readFilm(doc).elements.find((element) => element.id === id)?.variants ?? [];
    const next = change(now);
    if (next !== now) changeElement(doc, id, { variants: given([...next]) }, context);
  }, context.origin);
}

/** Removes it, and every word of it on the shots. */
export function removeElement(doc: Y.Doc, id: Id, context: EditContext): void {
  doc.transact(() => {
    for (const shot of shotsNaming(doc, id))
      changeShot(
        doc,
        shot.id,
        { elementIds: without(shot.elementIds, id), elementsOut: outWithout(shot, id) },
        context,
      );
    collectionOf(doc, "elements").delete(id);
  }, context.origin);
}

/**
 * Two that turn out to be one: everything the other had goes to the one that stays, the other's name becomes one that
 * it is also called by, and shots that had either have it.
 */
export function mergeElements(doc: Y.Doc, keptId: Id, goneId: Id, context: EditContext): void {
  const { elements } = readFilm(doc);
  const kept = elements.find((element) => element.id === keptId);
  const gone = elements.find((element) => element.id === goneId);
  if (!kept || !gone || keptId === goneId) return;
  doc.transact(() => {
    for (const shot of shotsNaming(doc, goneId)) {
      const isIn = shot.elementIds.includes(goneId) || shot.elementIds.includes(keptId);
      const isOut = !isIn && (shot.elementsOut ?? []).includes(keptId);
      const others = without(without(shot.elementIds, goneId), keptId);
      const out = without(outWithout(shot, goneId) ?? [], keptId);
      changeShot(
        doc,
        shot.id,
        {
          elementIds: isIn ? [...others, keptId] : others,
          elementsOut: given(isOut ? [...out, keptId] : out),
        },
        context,
      );
    }
    changeElement(doc, keptId, joined(kept, gone), context);
    collectionOf(doc, "elements").delete(goneId);
  }, context.origin);
}

function joined(kept: Element, gone: Element): ElementPatch {
  const both = <T>(a: readonly T[] = [], b: readonly T[] = []) => {
    const keys = new Set(a.map((item) => JSON.stringify(item)));
    return [...a, ...b.filter((item) => !keys.has(JSON.stringify(item)))];
  };
  const isNamed = gone.name.trim().toLowerCase() === kept.name.trim().toLowerCase();
  return {
    description: kept.description.trim() === "" ? gone.description : kept.description,
    aliases: given(both(both(kept.aliases, isNamed ? [] : [gone.name]), gone.aliases).slice(0, 20)),
    triggerWords: both(kept.triggerWords, gone.triggerWords).slice(0, 50),
    keywords: given(both(kept.keywords, gone.keywords).slice(0, 30)),
    refs: given(both(kept.refs, gone.refs).slice(0, 20)),
    variants: given(both(kept.variants, gone.variants).slice(0, 20)),
    colours: kept.colours ?? gone.colours,
    look: kept.look ?? gone.look,
    props: kept.props ?? gone.props,
    voice: kept.voice ?? gone.voice,
  };
}

/** Says of shots that the element is in them (the suggestion was right, or somebody put it there). */
export function acceptElement(doc: Y.Doc, shotIds: readonly Id[], id: Id, context: EditContext): void {
  eachShot(doc, shotIds, context, (shot) => ({
    elementIds: shot.elementIds.includes(id) ? shot.elementIds : [...shot.elementIds, id].slice(-100),
    elementsOut: outWithout(shot, id),
  }));
}

/** Says of shots that the element is not in them, whatever their words hint at. */
export function rejectElement(doc: Y.Doc, shotIds: readonly Id[], id: Id, context: EditContext): void {
  eachShot(doc, shotIds, context, (shot) => ({
    elementIds: without(shot.elementIds, id),
    elementsOut: [...without(shot.elementsOut ?? [], id), id].slice(-100),
  }));
}

/** Takes back what somebody said of it: the words decide again. */
export function forgetElement(doc: Y.Doc, shotIds: readonly Id[], id: Id, context: EditContext): void {
  eachShot(doc, shotIds, context, (shot) => ({
    elementIds: without(shot.elementIds, id),
    elementsOut: outWithout(shot, id),
  }));
}

const marks = { in: acceptElement, out: rejectElement, unsaid: forgetElement } as const;

export function markElement(doc: Y.Doc, shotIds: readonly Id[], id: Id, mark: ElementMark, context: EditContext): void {
  marks[mark](doc, shotIds, id, context);
}

/**
 * Takes over what the library says at a version, but for the fields in which this film goes its own way. An element
 * that was not of the library is of it from then on.
 * @param library  `kept` where it is to be set anew
 */
export function followLibrary(
  doc: Y.Doc,
  id: Id,
  fields: LibraryFields,
  library: { id: Id; version: number; kept?: string[] | undefined },
  context: EditContext,
): void {
  const record: unknown = collectionOf(doc, "elements").get(id);
  const before = readFilm(doc).elements.find((element) => element.id === id);
  if (!(record instanceof Y.Map) || !before) return;
  const kept = new Set(library.kept ?? before.library?.kept ?? []);
  const taken = libraryFields.filter((field) => !kept.has(field)).map((field) => [field, fields[field]]);
  doc.transact(
    () => setFields(record, { ...Object.fromEntries(taken), library: { ...library, kept: [...kept] } }),
    context.origin,
  );
}

function eachShot(
  doc: Y.Doc,
  shotIds: readonly Id[],
  context: EditContext,
  patchOf: (shot: Shot) => Pick<ShotRecord, "elementIds" | "elementsOut">,
): void {
  const wanted = new Set(shotIds);
  doc.transact(() => {
    for (const shot of allShots(doc)) if (wanted.has(shot.id)) changeShot(doc, shot.id, patchOf(shot), context);
  }, context.origin);
}

function lastOrder(doc: Y.Doc): string | null {
  const orders = [...collectionOf(doc, "elements").values()].flatMap((record: unknown) =>
    record instanceof Y.Map && typeof record.get("order") === "string" ? [String(record.get("order"))] : [],
  );
  return orders.reduce<string | null>((last, order) => (last === null || order > last ? order : last), null);
}

const allShots = (doc: Y.Doc): Shot[] => {
  const film = readFilm(doc);
  return [...film.shots, ...film.asideShots];
};
const shotsNaming = (doc: Y.Doc, id: Id) =>
  allShots(doc).filter((shot) => shot.elementIds.includes(id) || shot.elementsOut?.includes(id) === true);
const without = (ids: readonly Id[], id: Id) => ids.filter((each) => each !== id);
const outWithout = (shot: Shot, id: Id) => given(without(shot.elementsOut ?? [], id));
const given = <T>(list: T[]) => (list.length === 0 ? undefined : list);
