import { useDeferredValue, useMemo } from "react";
import { inScene } from "#domain/elements/in-shot.ts";
import { introductionsOf } from "#domain/elements/introductions.ts";
import { lookOf } from "#domain/elements/look.ts";
import type { Element } from "#domain/film/element.ts";
import type { Id } from "#domain/ids.ts";
import { useOpenFilm } from "#app/studio/session/film-session.tsx";
import { useStore } from "#app/studio/session/store.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { KindIcon } from "./element-words.tsx";
import { Portrait } from "./portrait.tsx";
import "./elements.css";

/** A reference picture where there is one; else somebody's portrait, or the picture of a shot that shows it. */
export function ElementPicture({ element, shotIds }: { element: Element; shotIds?: readonly Id[] }) {
  const reference = useAssetUrl(element.refs?.[0]?.assetId);
  const shot = useShotPicture(element.kind === "character" ? none : (shotIds ?? none));
  const url = reference ?? shot;
  return (
    <span className="element-picture">
      {url ? (
        <img src={url} alt="" loading="lazy" draggable={false} />
      ) : element.kind === "character" ? (
        <OwnPortrait element={element} />
      ) : (
        <KindIcon kind={element.kind} />
      )}
    </span>
  );
}

const none: readonly Id[] = [];

function OwnPortrait({ element }: { element: Element }) {
  const screenplay = useDeferredValue(useFilm((film) => film.screenplay));
  const look = useMemo(() => lookOf(inScene(element, ""), introductionsOf(screenplay)), [element, screenplay]);
  return <Portrait look={look} />;
}

export function useAssetUrl(assetId: Id | undefined): string | null {
  return useStore(useOpenFilm().work.work, (work) => work.assets.find((asset) => asset.id === assetId)?.url ?? null);
}

function useShotPicture(shotIds: readonly Id[]): string | null {
  return useStore(
    useOpenFilm().work.work,
    (work) => work.takes.find((take) => take.posterUrl && shotIds.includes(take.shotId))?.posterUrl ?? null,
  );
}
