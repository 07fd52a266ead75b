/** What is said about a remark's place, and when it was made. */
import type { CommentPlace } from "#domain/film/comments.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { timecode } from "#domain/time.ts";

/** e.g. `Shot 2B`, `00:00:12:05`, `Scene 3`; a quote speaks for itself; "" for the film as a whole. */
export function placeWords(
  { shotId, frame, anchor }: CommentPlace,
  film: Pick<Film, "shots" | "asideShots" | "scenes" | "elements" | "meta">,
): string {
  if (shotId !== undefined) {
    const shot = film.shots.find((each) => each.id === shotId);
    if (shot) return `Shot ${shot.number}${anchor?.kind === "set" ? ", in the set" : ""}`;
    return film.asideShots.some((each) => each.id === shotId) ? "A shot set aside" : "A shot that was deleted";
  }
  if (frame !== undefined) return timecode(frame, film.meta.fps);
  if (anchor?.kind === "scene") {
    const scene = film.scenes.find((each) => each.id === anchor.id);
    return scene ? `Scene ${scene.number}` : "A scene that is gone";
  }
  if (anchor?.kind === "element") {
    return film.elements.find((each) => each.id === anchor.id)?.name ?? "An element that is gone";
  }
  return "";
}

/** `14:05` today, `3 Nov 14:05` before. */
export function timeWords(at: string, now = new Date()): string {
  const then = new Date(at);
  if (Number.isNaN(then.getTime())) return "";
  const isToday = then.toDateString() === now.toDateString();
  return new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    ...(isToday ? {} : { day: "numeric", month: "short" }),
    ...(then.getFullYear() === now.getFullYear() ? {} : { year: "numeric" }),
  })
    .format(then)
    .replace(",", "");
}
