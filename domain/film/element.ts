import { z } from "zod";
import { Id } from "#domain/ids.ts";
import { Look } from "#domain/screenplay/plan/plan-cast.ts";
import { propKinds } from "#domain/screenplay/plan/plan-words.ts";

/** What a film comes back to: people, places, things, and how all of it looks. */
export const elementKinds = ["character", "location", "object", "style"] as const;
export const ElementKind = z.enum(elementKinds);
export type ElementKind = z.infer<typeof ElementKind>;

export const ElementReference = z.object({ assetId: Id, note: z.string().max(500).optional() });
export type ElementReference = z.infer<typeof ElementReference>;

const Words = z.string().max(100);
const TriggerWords = z.array(Words).max(50);
const References = z.array(ElementReference).max(20);
const Colours = z.array(z.string().regex(/^#[0-9a-f]{6}$/, "a colour is # and six hex digits")).max(8);
/** What people decided of a look; the rest follows from name and description. */
const LookChanges = Look.partial();
export type LookChanges = z.infer<typeof LookChanges>;

/** How a scratch voice speaks: a name the listening machine may know, pitch and rate as factors of the usual one. */
export const Voice = z.object({
  name: z.string().max(100),
  pitch: z.number().min(0.25).max(4),
  rate: z.number().min(0.25).max(4),
});
export type Voice = z.infer<typeof Voice>;

/** The same element otherwise: younger, in another coat, burnt down. Holds in the scenes named. */
export const ElementVariant = z.object({
  id: Id,
  name: z.string().min(1).max(200),
  description: z.string().max(5000).optional(),
  triggerWords: TriggerWords.optional(),
  refs: References.optional(),
  look: LookChanges.optional(),
  colours: Colours.optional(),
  sceneIds: z.array(Id).max(1000),
});
export type ElementVariant = z.infer<typeof ElementVariant>;

export const mostVariants = 20;
export const ElementRecord = z.object({
  id: Id,
  order: z.string(),
  kind: ElementKind,
  name: z.string().min(1).max(200),
  /** What else the script calls it: "SKIPPER" is Captain Hale. */
  aliases: z.array(z.string().min(1).max(200)).max(20).optional(),
  description: z.string().max(5000),
  /** Words that a prompt must have for a model to draw it. */
  triggerWords: TriggerWords,
  /** Words that hint at it in a script, without naming it. */
  keywords: z.array(Words).max(30).optional(),
  refs: References.optional(),
  colours: Colours.optional(),
  look: LookChanges.optional(),
  props: z.array(z.enum(propKinds)).max(8).optional(),
  voice: Voice.optional(),
  variants: z.array(ElementVariant).max(mostVariants).optional(),
  /** The workspace's element it came from, at which version, and the fields in which this film goes its own way. */
  library: z.object({ id: Id, version: z.number().int().min(1), kept: z.array(z.string().max(40)).max(40) }).optional(),
});
export type ElementRecord = z.infer<typeof ElementRecord>;
export type Element = Omit<ElementRecord, "order">;

/** An element as somebody adds it; what it came from in the library is the studio's to say. */
export const NewElement = ElementRecord.omit({ id: true, order: true });
export type NewElement = z.infer<typeof NewElement>;

const fields = NewElement.omit({ library: true }).shape;
/** What is to be changed of an element; null takes a field away. */
export const ElementChanges = z.object({
  kind: fields.kind.optional(),
  name: fields.name.optional(),
  description: fields.description.optional(),
  triggerWords: fields.triggerWords.optional(),
  aliases: fields.aliases.nullable(),
  keywords: fields.keywords.nullable(),
  refs: fields.refs.nullable(),
  colours: fields.colours.nullable(),
  look: fields.look.nullable(),
  props: fields.props.nullable(),
  voice: fields.voice.nullable(),
  variants: fields.variants.nullable(),
});
export type ElementChanges = z.infer<typeof ElementChanges>;

/** What the workspace's library keeps of an element. */
export const LibraryFields = NewElement.omit({ kind: true, variants: true, library: true });
export type LibraryFields = z.infer<typeof LibraryFields>;

/** What somebody says of an element and a shot: it is in the picture, it is not, or the words shall decide. */
export const ElementMark = z.enum(["in", "out", "unsaid"]);
export type ElementMark = z.infer<typeof ElementMark>;

/** One thing of one kind, however it is written. */
export function nameKey(element: Pick<Element, "kind" | "name">): string {
  return `${element.kind} ${element.name.trim().toLocaleLowerCase()}`;
}
