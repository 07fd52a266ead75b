import type { ViewerSource } from "./source.ts";
import { el, size } from "./dom.ts";
import { icon } from "./icons.ts";
import { generationFiles } from "#domain/generation/manifest.ts";

/** The sheet of what there is to keep, and what it all was made from. @param closed  told when it went */
export function openDownloads(viewer: HTMLElement, source: ViewerSource, closed: () => void): { close(): void } {
  const { manifest, downloads } = source;
  const whole = downloads.find(({ name }) => name === generationFiles.package);
  const rest = downloads.filter((one) => one !== whole);
  const close = () => {
    shade.remove();
    sheet.remove();
    closed();
  };
  const shut = el("button", {
    class: "bv-tool",
    type: "button",
    "aria-label": "Close",
    title: "Close",
    onclick: close,
  });
  shut.append(icon("close"));
  const list = el("ul", { class: "bv-files" });
  for (const { name, label, bytes, url } of rest) {
    const link = el("a", { href: url, download: name });
    link.append(
      el("span", {}, label, el("small", { class: "bv-file" }, name)),
      el("small", {}, size(bytes)),
      icon("keep", 16),
    );
    list.append(el("li", {}, link));
  }
  const inside = el("div", { class: "bv-sheet-in" });
  if (whole !== undefined) {
    const link = el("a", { class: "bv-whole", href: whole.url, download: whole.name });
    link.append(icon("keep"), el("span", {}, whole.label), el("small", {}, size(whole.bytes)));
    inside.append(link);
  }
  const planner = manifest.planner === "rules" ? "rules" : manifest.planner;
  inside.append(
    list,
    el(
      "div",
      { class: "bv-about" },
      el("blockquote", {}, manifest.prompt),
      el(
        "p",
        {},
        `Generated from this sentence, seed ${manifest.seed}. Planned by ${planner}, rendered by ${manifest.engine} ${manifest.engineVersion}. ${manifest.cost.note}`,
      ),
    ),
  );
  const sheet = el("aside", {
    ...{ class: "bv-sheet", role: "dialog", "aria-modal": "true", "aria-label": "Downloads" },
    // A click beside its buttons leaves the keys in it.
    tabindex: -1,
  });
  sheet.append(el("div", { class: "bv-sheet-head" }, el("h2", {}, "Downloads"), shut), inside);
  sheet.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    if (event.key !== "Tab") return;
    // Whoever steps on from the last thing comes to the first.
    const stops = [...sheet.querySelectorAll<HTMLElement>("a, button")];
    const at = stops.indexOf(event.composedPath()[0] as HTMLElement);
    const next = event.shiftKey ? at - 1 : at + 1;
    if (at >= 0 && next >= 0 && next < stops.length) return;
    event.preventDefault();
    stops.at(event.shiftKey ? -1 : 0)?.focus();
  });
  const shade = el("div", { class: "bv-shade", onclick: close });
  viewer.append(shade, sheet);
  shut.focus();
  return { close };
}
