import type { Mark } from "./marks.ts";
import { clockTime, el } from "./dom.ts";

/** The time line under the picture: how far it is, what happens when, and where one can take hold of it. */
export type ScrubBar = {
  element: HTMLElement;
  setMarks(marks: readonly Mark[]): void;
  show(seconds: number): void;
};

/** Everybody's own colour; who comes fifth has the first again. */
const people = 4;
/** Rows of people above the line. */
const rows = 3;

export function createScrubBar(length: number, seek: (seconds: number, holding: boolean) => void): ScrubBar {
  const done = el("div", { class: "bv-done" });
  const track = el("div", { class: "bv-track" }, done);
  const knob = el("div", { class: "bv-knob" });
  const marked = el("div", { "aria-hidden": "true" });
  const tip = el("div", { class: "bv-tip", hidden: true });
  const element = el(
    "div",
    {
      ...{ class: "bv-scrub", role: "slider", tabindex: 0, "aria-label": "Time in the film" },
      ...{ "aria-valuemin": 0, "aria-valuemax": length.toFixed(1), "aria-valuenow": 0 },
    },
    ...[track, marked, knob, tip],
  );
  let marks: readonly Mark[] = [];
  let now = 0;
  const part = (seconds: number) => `${((Math.min(length, Math.max(0, seconds)) / length) * 100).toFixed(3)}%`;
  const timeAt = (x: number) => {
    const box = track.getBoundingClientRect();
    return Math.min(length, Math.max(0, ((x - box.left) / Math.max(1, box.width)) * length));
  };

  function tell(x: number): void {
    const at = timeAt(x);
    const near = length * 0.012;
    const here = marks.filter((mark) => at >= mark.at - near && at <= mark.at + Math.max(mark.seconds, near));
    tip.replaceChildren(
      el("b", {}, clockTime(at, true)),
      ...here.slice(0, 4).map((mark) => el("span", {}, mark.label)),
    );
    tip.hidden = false;
    const box = element.getBoundingClientRect();
    const half = tip.offsetWidth / 2;
    tip.style.left = `${Math.min(box.width - half, Math.max(half, x - box.left))}px`;
  }

  function show(seconds: number): void {
    now = seconds;
    done.style.width = part(seconds);
    knob.style.left = part(seconds);
    element.setAttribute("aria-valuenow", seconds.toFixed(1));
    element.setAttribute("aria-valuetext", `${clockTime(seconds)} of ${clockTime(length)}`);
  }

  element.addEventListener("pointerdown", (event) => {
    element.setPointerCapture(event.pointerId);
    seek(timeAt(event.clientX), true);
    tell(event.clientX);
  });
  element.addEventListener("pointermove", (event) => {
    if (event.buttons > 0) seek(timeAt(event.clientX), true);
    if (event.pointerType === "mouse" || event.buttons > 0) tell(event.clientX);
  });
  element.addEventListener("pointerup", (event) => {
    seek(timeAt(event.clientX), false);
    if (event.pointerType !== "mouse") tip.hidden = true;
  });
  element.addEventListener("pointerleave", () => (tip.hidden = true));
  element.addEventListener("keydown", (event) => {
    const steps: Record<string, number> = {
      ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageUp: 5, PageDown: -5 },
      ...{ Home: -length, End: length },
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    // The next press may come before the next picture.
    show(Math.min(length, Math.max(0, now + step)));
    seek(now, false);
  });

  return {
    element,
    setMarks(next) {
      marks = next;
      const names = [...new Set(next.filter(({ kind }) => kind === "action").map(({ who }) => who))];
      marked.replaceChildren(
        ...next.flatMap((mark) => {
          if (mark.kind === "music") return [];
          const made = el("i", { class: "bv-mark", "data-kind": mark.kind });
          made.style.left = part(mark.at);
          if (mark.kind !== "cue") made.style.width = part(Math.min(mark.seconds, length - mark.at));
          if (mark.kind === "action") {
            const row = names.indexOf(mark.who);
            if (row >= rows) return [];
            made.style.top = `${10 - row * 5}px`;
            made.style.backgroundColor = `var(--bv-person-${(row % people) + 1})`;
          }
          return [made];
        }),
      );
    },
    show,
  };
}
