import { generationFiles } from "#domain/generation/manifest.ts";
import { el } from "./dom.ts";

/** The parts of the sound that one can turn up and down by themselves. */
export const mixed = [
  { file: generationFiles.musicMp3, label: "Music" },
  { file: generationFiles.ambienceMp3, label: "Ambience" },
  { file: generationFiles.effectsMp3, label: "Effects" },
] as const;

/** A small desk above the row it belongs to. @param levels  kept from one opening to the next, by file */
export function openMixer(
  row: HTMLElement,
  levels: Map<string, number>,
  turned: (file: string, to: number) => void,
  closed: () => void,
): { close(): void } {
  const desk = el("div", { class: "bv-mixer", role: "group", "aria-label": "Music, ambience and effects" });
  for (const { file, label } of mixed) {
    const slider = el("input", {
      ...{ class: "bv-volume", type: "range", min: 0, max: 1, step: 0.01, value: levels.get(file) ?? 1 },
      oninput: () => {
        levels.set(file, Number(slider.value));
        turned(file, Number(slider.value));
      },
    });
    desk.append(el("label", {}, label, slider));
  }
  row.append(desk);
  const leave = new AbortController();
  const close = () => {
    leave.abort();
    desk.remove();
    closed();
  };
  desk.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  document.addEventListener(
    "pointerdown",
    (event) => {
      if (!event.composedPath().includes(row)) close();
    },
    { signal: leave.signal },
  );
  desk.querySelector("input")?.focus();
  return { close };
}
