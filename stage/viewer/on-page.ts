import type { Frame } from "./frame.ts";

/** What becomes of what happens round a viewer. */
export type PageDeeds = {
  /** Somebody is there. */
  wake(): void;
  /** The picture itself was clicked or tapped. */
  tapped(): void;
  /** The page went behind another one. */
  outOfSight(): void;
  resized(): void;
  /** The browser took its graphics back. */
  lost(): void;
};

/** @param signal  ends all of it */
export function listenOnPage(frame: Frame, deeds: PageDeeds, signal: AbortSignal): void {
  const { viewer, canvas } = frame;
  let wasIdle = false;
  viewer.addEventListener(
    "pointerdown",
    () => {
      wasIdle = viewer.hasAttribute("data-idle");
      deeds.wake();
    },
    { signal, capture: true },
  );
  viewer.addEventListener("pointermove", deeds.wake, { signal });
  // What a pointer pressed keeps no focus: the next Space is the film's. Who came by Tab stays where they are.
  viewer.addEventListener(
    "click",
    ({ detail }) => {
      const held = document.activeElement;
      if (detail > 0 && held instanceof HTMLButtonElement && held.closest("[role=dialog]") === null) frame.rest();
    },
    { signal },
  );
  canvas.addEventListener(
    "click",
    (event) => {
      // The first tap of a finger only brings the controls back, as it does elsewhere.
      const byFinger = event instanceof PointerEvent && event.pointerType === "touch";
      if (!(wasIdle && byFinger)) deeds.tapped();
    },
    { signal },
  );
  document.addEventListener("fullscreenchange", () => frame.setFull(document.fullscreenElement !== null), { signal });
  // Out of sight it stands still, and so does its sound.
  document.addEventListener("visibilitychange", () => document.hidden && deeds.outOfSight(), { signal });
  canvas.addEventListener(
    "webglcontextlost",
    (event) => {
      event.preventDefault();
      deeds.lost();
    },
    { signal },
  );
  const watch = new ResizeObserver(deeds.resized);
  watch.observe(viewer);
  signal.addEventListener("abort", () => watch.disconnect());
}

export function fullScreen({ viewer, setNote }: Frame): void {
  if (document.fullscreenElement !== null) void document.exitFullscreen();
  else void viewer.requestFullscreen?.().catch(() => setNote("Full screen is not available in this browser."));
}
