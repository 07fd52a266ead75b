import type { Shot } from "#domain/film/shot.ts";
import { hashText } from "#domain/screenplay/seeded.ts";

/** The same shot renders the same pictures until somebody asks for another seed. */
export function seedOfShot(shot: Pick<Shot, "id" | "seed">): number {
  return shot.seed ?? hashText(`42 ${shot.id}`);
}
