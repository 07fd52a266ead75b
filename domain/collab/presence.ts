import { z } from "zod";

/** The eight colours people are given, by token name; their values live in the theme. */
export const peerColors = ["peer-1", "peer-2", "peer-3", "peer-4", "peer-5", "peer-6", "peer-7", "peer-8"] as const;
export const PeerColor = z.enum(peerColors);
export type PeerColor = z.infer<typeof PeerColor>;

/** Values of the peer tokens in the dark theme, for what cannot read CSS (carets in the editor, canvases). */
export const peerColorValues: Record<PeerColor, string> = {
  "peer-1": "#06bfa8",
  "peer-2": "#ea856a",
  "peer-3": "#bb9af4",
  "peer-4": "#40e3f1",
  "peer-5": "#b1e4af",
  "peer-6": "#707bee",
  "peer-7": "#e9e64a",
  "peer-8": "#c76e3c",
};

const Metres = z.number().min(-1000).max(1000);
const Point = z.tuple([Metres, Metres, Metres]);

/** Where somebody's camera is in the set of a shot; centimetres and tenths of a degree are fine enough. */
export const StagePresence = z.object({
  shotId: z.string().max(64).nullable(),
  sceneId: z.string().max(64),
  eye: Point,
  look: Point,
  lensMm: z.number().min(8).max(400),
  /** They look through the shot's own camera. */
  through: z.boolean(),
  /** What they are moving now, where it is while they hold it. */
  holding: z.object({ id: z.string().max(140), at: Point, facing: z.number() }).nullable(),
  /** What they are moving on the shot's lanes, in its frames. */
  span: z
    .object({ id: z.string().max(140), from: z.number(), to: z.number() })
    .nullable()
    .optional(),
});
export type StagePresence = z.infer<typeof StagePresence>;

/**
 * One person in one tab, as the others see them; rides in awareness and is never stored. `user.color` is the colour's
 * hex value, because y-codemirror reads `user.name`, `user.color` and `user.colorLight` from the same state.
 */
export const Presence = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    color: z.string(),
    colorLight: z.string(),
    role: z.string(),
    /** When this tab came into the film, ms by the studio's clock; whoever came later gives way. */
    joinedAt: z.number().optional(),
  }),
  view: z.string(),
  /** Pointer in the coordinates of a named surface (0..1 of its box, or timeline frames for x), null when away. */
  pointer: z.object({ surface: z.string(), x: z.number(), y: z.number() }).nullable(),
  selection: z.object({ shotIds: z.array(z.string()), clipIds: z.array(z.string()) }),
  playhead: z.object({ frame: z.number(), playing: z.boolean() }).nullable(),
  /** What they are doing to a clip right now, e.g. trimming; drawn as a soft badge. */
  activity: z.object({ kind: z.enum(["moving", "trimming", "dragging"]), id: z.string() }).nullable(),
  /** In the set; absent with those who are elsewhere. */
  stage: StagePresence.nullable().optional(),
});
export type Presence = z.infer<typeof Presence>;

export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? "?";
  const second = words.length > 1 ? (words.at(-1)?.[0] ?? "") : (words[0]?.[1] ?? "");
  return (first + second).toUpperCase();
}
