import { z } from "zod";
import { SceneSetting } from "#domain/film/scene.ts";
import { CameraMove, DialogueLine, DurationFrames, ShotType } from "#domain/film/shot.ts";
import { Id } from "#domain/ids.ts";
import type { FrameRate } from "#domain/time.ts";

export const ParseMode = z.enum(["auto", "screenplay", "freeform", "numbered"]);
export type ParseMode = z.infer<typeof ParseMode>;

/** A shot as the parser proposes it and the person edits it, ahead of any id in the document. */
export const ProposedShot = z.object({
  /** Present when the proposal is about a shot that exists (a re-parse). */
  id: Id.optional(),
  type: ShotType,
  move: CameraMove,
  action: z.string().max(10_000),
  dialogue: z.array(DialogueLine).max(200),
  characters: z.array(z.string().max(100)).max(40),
  durationFrames: DurationFrames,
});
export type ProposedShot = z.infer<typeof ProposedShot>;

export const ProposedScene = z.object({
  id: Id.optional(),
  heading: z.string().max(500),
  setting: SceneSetting,
  location: z.string().max(300),
  time: z.string().max(100),
  synopsis: z.string().max(5000),
  shots: z.array(ProposedShot).max(500),
});
export type ProposedScene = z.infer<typeof ProposedScene>;

export interface Breakdown {
  scenes: ProposedScene[];
  parser: "rules" | "llm";
  mode: Exclude<ParseMode, "auto">;
}

/** Most text a screenplay may hold, bytes of UTF-8. */
export const maxScreenplayBytes = 2_000_000;

/** Reads scenes and shots out of text by rules alone: instant and always the same. */
export function breakDown(_text: string, _options: { mode?: ParseMode; fps: FrameRate }): Breakdown {
  throw new Error("being written");
}
