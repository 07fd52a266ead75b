import { useCallback, useEffect, useLayoutEffect, type RefObject } from "react";
import { filmLength } from "#domain/film/timeline/cut.ts";
import { useStore } from "../session/store.ts";
import { transport } from "../session/transport.ts";
import { useFilm, useReadFilm } from "../session/use-film.ts";
import { clampZoom, fitZoom } from "./scale.ts";
import { changeTimeline, drag, timelineState } from "./timeline-state.ts";

export interface Zooming {
  /** The smallest zoom, px per frame. */
  lowest: number;
  zoomTo(zoom: number): void;
  zoomBy(factor: number): void;
  fit(): void;
}

/** Zoom with the wheel at the pointer, with keys and slider at the playhead; fits the film until somebody zooms. */
export function useZoom(scroller: RefObject<HTMLElement | null>): Zooming {
  const readFilm = useReadFilm();
  const length = useFilm((film) => filmLength(film.clips));
  const { width, fitted } = useStore(timelineState, (state) => ({ width: state.width, fitted: state.fitted }));
  const rate = useFilm((film) => film.meta.fps);
  const fitting = fitZoom(length, width, rate);

  /** Keeps the frame at `x` (px from the left of the lanes) where it is. */
  const zoomAt = useCallback(
    (wanted: number, x: number) => {
      const element = scroller.current;
      if (!element) return;
      const { meta, clips } = readFilm();
      const before = timelineState.get();
      const zoom = clampZoom(wanted, meta.fps, fitZoom(filmLength(clips), before.width, meta.fps));
      const frame = (element.scrollLeft + x) / before.zoom;
      changeTimeline({ zoom, fitted: false });
      // The sheet has its new width only when it is drawn.
      requestAnimationFrame(() => {
        element.scrollTo({ left: frame * zoom - x });
      });
    },
    [scroller, readFilm],
  );
  const zoomTo = useCallback(
    (zoom: number) => {
      const { zoom: before, width: wide } = timelineState.get();
      const x = transport.frame * before - (scroller.current?.scrollLeft ?? 0);
      zoomAt(zoom, x >= 0 && x <= wide ? x : wide / 2);
    },
    [zoomAt, scroller],
  );
  const fit = useCallback(() => {
    const { meta, clips } = readFilm();
    changeTimeline({ zoom: fitZoom(filmLength(clips), timelineState.get().width, meta.fps), fitted: true });
    scroller.current?.scrollTo({ left: 0 });
  }, [readFilm, scroller]);

  useLayoutEffect(() => {
    if (fitted && width > 0 && drag.get() === null) changeTimeline({ zoom: fitting });
  }, [fitted, fitting, width]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const x = event.clientX - element.getBoundingClientRect().left - 176;
        zoomAt(timelineState.get().zoom * Math.exp(-event.deltaY * 0.0025), Math.max(0, x));
      } else if (event.shiftKey && event.deltaX === 0) {
        event.preventDefault();
        element.scrollLeft += event.deltaY;
      }
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [scroller, zoomAt]);

  const lowest = clampZoom(0, rate, fitting);
  return {
    lowest,
    zoomTo,
    zoomBy: useCallback((factor: number) => zoomTo(timelineState.get().zoom * factor), [zoomTo]),
    fit,
  };
}
