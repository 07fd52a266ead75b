/** What one person looks at and holds in the set; of this tab alone. */
import type { Vec3 } from "#domain/screenplay/scene-plan.ts";
import { createStore, type Store } from "#app/studio/session/store.ts";
import type { ThingId } from "./things.ts";

export type SetLight = "clay" | "lit";

export interface SetState {
  selected: ThingId | null;
  tool: "select" | "move" | "turn" | "comment";
  /** How the view is moved: round a point, freely, or with the shot's own camera. */
  look: "orbit" | "fly" | "camera";
  /** Grey in work light, or lit as it will be shot. */
  light: SetLight;
  /** The same for the picture through the shot's camera. */
  lightThrough: SetLight;
  grid: boolean;
  /** Of the shot. */
  frame: number;
  playing: boolean;
  /** Whose view this one follows, by their connection. */
  following: number | null;
  /** The shot's camera has been moved by hand and no key says so yet. */
  isLoose: boolean;
  /** Hands on the lanes are drawn to keys, deeds and the playhead. */
  snaps: boolean;
  /** The lanes show how fast the camera goes from key to key. */
  curves: boolean;
}

export const setState: Store<SetState> = createStore<SetState>({
  selected: null,
  tool: "move",
  look: "orbit",
  light: "clay",
  lightThrough: "lit",
  grid: true,
  frame: 0,
  playing: false,
  following: null,
  isLoose: false,
  snaps: true,
  curves: false,
});

/** How the set is lit on screen now: a set is walked round in work light, a picture is judged as it will be. */
export const lightNow = ({ look, light, lightThrough }: Pick<SetState, "look" | "light" | "lightThrough">): SetLight =>
  look === "camera" ? lightThrough : light;

/** What this person has in the hand on a lane, in frames of the shot: `deed:` and a name, `key:` or `light:` and an id. */
export interface LaneHeld {
  id: string;
  from: number;
  to: number;
}
export const laneHeld: Store<LaneHeld | null> = createStore<LaneHeld | null>(null);

export function changeSetState(patch: Partial<SetState>): void {
  setState.set((before) => {
    const next = { ...before, ...patch };
    const isSame = (Object.keys(patch) as (keyof SetState)[]).every((key) => Object.is(before[key], next[key]));
    return isSame ? before : next;
  });
}

/** Whoever looks from somewhere follows nobody, and looks with their own eyes. */
export function lookWithOwnEyes(): void {
  const { look } = setState.get();
  changeSetState({ following: null, look: look === "camera" ? "orbit" : look });
}

/** Where somebody asked to look, from elsewhere in the studio; null once the set looks there. */
export interface LookAsked {
  at: Vec3;
  /** What it is about; looked for where it is now. */
  thing?: string | undefined;
}
export const lookAsked: Store<LookAsked | null> = createStore<LookAsked | null>(null);

/** A view of the set as the document keeps one. */
export interface SetView {
  eye: Vec3;
  look: Vec3;
  lensMm: number;
}

export type SetSide = "front" | "right" | "top";

/** What only the drawn set can answer; null while none is drawn. */
export interface SetDrawn {
  /** Where this person looks from. */
  ownView(): SetView;
  /** What the shot's camera sees at a frame. */
  shotView(frame: number): SetView & { focus: number };
  /** A free spot on the floor, before this person. */
  spot(): Vec3;
  /** @returns the spot on the floor under a point of the view, CSS pixels from its upper left; null above the horizon */
  at(x: number, y: number): Vec3 | null;
  /** Turns the view to something. */
  lookAt(at: Vec3): void;
  /** Looks at the same from one side; null: at all of the set, as on coming in. */
  lookFrom(side: SetSide | null): void;
  /** The shot's picture at a frame as a render has it. */
  snap(frame: number): Promise<Blob>;
}
export const drawn: Store<SetDrawn | null> = createStore<SetDrawn | null>(null);
