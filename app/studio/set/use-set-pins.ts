import type { Comment } from "#domain/film/comment.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { sameShallow } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { usePeersSlice } from "#app/studio/session/use-peers.ts";
import { useMemo } from "react";
import type { Pin } from "./engine/over.ts";

const beginning = 80;
/** Of those who are not here. */
const away = "#b9b9b9";

/** What is still open of what was said about spots in the set of a scene. */
export function useSetPins(sceneId: string): readonly Pin[] {
  const { me } = useSession();
  const comments = useFilm((film) => film.comments.filter((comment) => isHere(comment, sceneId)), sameShallow);
  const colors = usePeersSlice(
    (peers) => peers.map(({ presence: { user } }) => `${user.id} ${user.color}`).sort(),
    sameShallow,
  );
  return useMemo(() => {
    const colorOf = new Map(colors.map((each) => each.split(" ") as [string, string]));
    return comments.flatMap(({ id, by, name, text, anchor }): Pin[] => {
      if (anchor?.kind !== "set") return [];
      const color = colorOf.get(by) ?? (by === me.id ? me.color : away);
      return [{ id, color, at: anchor.at, thing: anchor.thing ?? null, text: `${name}: ${text.slice(0, beginning)}` }];
    });
  }, [comments, colors, me]);
}

const isHere = ({ anchor, resolved, replyTo }: Comment, sceneId: string): boolean =>
  anchor?.kind === "set" && anchor.sceneId === sceneId && !resolved && replyTo === undefined;
