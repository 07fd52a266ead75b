import { clockTime, el } from "./dom.ts";
import { type LookBy, looks } from "./hands.ts";
import { icon, type IconName, mark } from "./icons.ts";
import { style } from "./style.ts";

/** What a viewer is doing, as its look follows from it. */
export type ViewerState = "cover" | "playing" | "paused" | "ended" | "film" | "wrong";

export type FrameWords = {
  title: string;
  kicker: string;
  poster: string | null;
  seconds: number;
  /** Whether music, ambience and effects come by themselves too. */
  stems: boolean;
  /** Whether the set can be seen as splats too. */
  splats: boolean;
  /** Whether it has an address to pass on. */
  link: boolean;
};
export type FrameDeeds = {
  start(): void;
  toggle(): void;
  look(by: LookBy): void;
  mute(): void;
  volume(volume: number): void;
  mixer(): void;
  splats(): void;
  stats(): void;
  downloads(): void;
  copyLink(): void;
  fullScreen(): void;
};

/** Everything that is drawn round the picture. It shows and hides; what happens is decided by the player. */
export type Frame = ReturnType<typeof createFrame>;

const lookWords: Record<LookBy, string> = { film: "Film", orbit: "Orbit", fly: "Fly" };

export function createFrame(root: HTMLElement, words: FrameWords, deeds: FrameDeeds, scrub: HTMLElement) {
  const canvas = el("canvas", { "aria-label": `${words.title}, in 3D` });
  const poster = words.poster === null ? null : el("img", { src: words.poster, alt: "" });
  const box = el("div", { class: "bv-frame" }, canvas, poster);
  const picture = el("div", { class: "bv-picture" }, box);
  const back = el("div", { class: "bv-back" });
  if (words.poster !== null) back.style.backgroundImage = `url(${JSON.stringify(words.poster)})`;

  const ring = document.createElement("template");
  ring.innerHTML = `<svg class="bv-ring" viewBox="0 0 104 104" aria-hidden="true"><circle cx="52" cy="52" r="50"/><circle class="bv-ring-done" cx="52" cy="52" r="50" pathLength="100"/></svg>`;
  const ringDone = ring.content.querySelector<SVGCircleElement>(".bv-ring-done")!;
  const startFace = el("span", {}, icon("play", 34));
  const start = el("button", { class: "bv-start", type: "button", "aria-label": "Play", onclick: deeds.start });
  start.append(ring.content, startFace);
  const hint = el("p", { class: "bv-hint", role: "status" });
  const cover = el(
    "div",
    { class: "bv-cover" },
    start,
    el(
      "div",
      { class: "bv-words" },
      el("div", {}, el("p", { class: "bv-kicker" }, words.kicker), el("h1", {}, words.title)),
      hint,
    ),
  );

  const tool = (name: string, label: string, face: IconName, does: () => void, toggles = false) => {
    const made = el("button", {
      ...{ class: "bv-tool", type: "button", "data-tool": name, "aria-label": label, title: label, onclick: does },
      ...(toggles ? { "aria-pressed": "false" } : {}),
    });
    made.append(icon(face));
    return made;
  };
  const play = tool("play", "Play (space)", "play", deeds.toggle);
  const mute = tool("mute", "Mute (M)", "loud", deeds.mute, true);
  const stats = tool("stats", "Stats (I)", "stats", deeds.stats, true);
  const splats = tool("splats", "Gaussian splats (P)", "cloud", deeds.splats, true);
  splats.hidden = !words.splats;
  const keep = tool("keep", "Downloads", "keep", deeds.downloads);
  keep.setAttribute("aria-expanded", "false");
  const link = tool("link", "Copy link", "link", deeds.copyLink);
  link.hidden = !words.link;
  const full = tool("full", "Full screen (F)", "full", deeds.fullScreen);
  // Telephones of some makers know no full screen but of films.
  full.hidden = !("requestFullscreen" in full);
  const volume = el("input", {
    ...{ class: "bv-volume", type: "range", min: 0, max: 1, step: 0.01, value: 1, "aria-label": "Volume" },
    oninput: () => deeds.volume(Number(volume.value)),
  });
  const mixer = tool("mix", "Music, ambience, effects", "mix", deeds.mixer);
  mixer.setAttribute("aria-expanded", "false");
  mixer.hidden = !words.stems;
  const time = el("span", { class: "bv-time" });
  const modes = el("div", { class: "bv-modes", role: "radiogroup", "aria-label": "View" });
  const modeButtons = new Map(
    looks.map((by, index) => {
      const button = el("button", { type: "button", role: "radio", title: `${lookWords[by]} (${index + 1})` });
      button.append(icon(by, 16), lookWords[by]);
      button.addEventListener("click", () => deeds.look(by));
      return [by, button];
    }),
  );
  modes.append(...modeButtons.values());
  modes.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    const at = looks.findIndex((by) => modeButtons.get(by) === event.target);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    event.stopPropagation();
    const next = looks[(at + step + looks.length) % looks.length]!;
    deeds.look(next);
    modeButtons.get(next)?.focus();
  });
  const now = el("p", { class: "bv-now", "aria-hidden": "true" });
  const row = el("div", { class: "bv-row" });
  row.append(
    play,
    mute,
    volume,
    mixer,
    time,
    el("span", { class: "bv-space" }),
    modes,
    splats,
    stats,
    link,
    keep,
    full,
  );
  const foot = el("footer", { class: "bv-foot" }, now, scrub, row);

  const headKeep = tool("keep-cover", "Downloads", "keep", deeds.downloads);
  headKeep.append("Downloads");
  const headLink = tool("link-cover", "Copy link", "link", deeds.copyLink);
  headLink.append("Copy link");
  const said = el("span", { class: "bv-hush", role: "status" });
  const head = el(
    "header",
    { class: "bv-head" },
    mark(20),
    el("strong", {}, "Backlot"),
    el("span", { class: "bv-plate", title: "Rendered by the built-in previz engine" }, "Previz"),
    el("span", { class: "bv-name" }, words.title),
    headLink,
    headKeep,
    said,
  );
  const help = el("p", { class: "bv-help", "data-gone": true });
  const note = el("p", { class: "bv-note", role: "status", hidden: true });
  const figures = el("div", { class: "bv-stats", hidden: true });
  const card = el("div", { class: "bv-card", hidden: true });
  const viewer = el("section", {
    class: "bv",
    "aria-label": `Scene: ${words.title}`,
    "data-state": "cover",
    "data-mode": "film",
    tabindex: -1,
  });
  viewer.append(el("style", {}, style), back, picture, help, cover, foot, head, figures, note, card);
  root.replaceChildren(viewer);

  return {
    viewer,
    canvas,
    box,
    row,
    splats,
    keep,
    mixer,
    setState(state: ViewerState) {
      viewer.dataset["state"] = state;
      cover.toggleAttribute("data-gone", state !== "cover" && state !== "ended");
      cover.inert = state !== "cover" && state !== "ended";
      const playing = state === "playing";
      play.replaceChildren(icon(playing ? "pause" : state === "ended" ? "again" : "play", 20));
      label(play, playing ? "Pause (space)" : state === "ended" ? "Play again (space)" : "Play (space)");
      startFace.replaceChildren(icon(state === "ended" ? "again" : "play", 34));
      start.toggleAttribute("data-again", state === "ended");
      start.setAttribute("aria-label", state === "ended" ? "Play again" : "Play");
      headKeep.hidden = state !== "cover" && state !== "film";
      headLink.hidden = headKeep.hidden || !words.link;
    },
    /** Lets go of every button: keys are the film's. */
    rest() {
      viewer.focus({ preventScroll: true });
    },
    setCopied(copied: boolean) {
      const text = copied ? "Copied" : "Copy link";
      for (const button of [link, headLink]) {
        button.replaceChildren(icon(copied ? "done" : "link"));
        label(button, text);
      }
      headLink.append(text);
      if (copied) link.append(el("span", { class: "bv-said" }, text));
      said.textContent = copied ? "Link copied" : "";
    },
    setMode(by: LookBy) {
      viewer.dataset["mode"] = by;
      for (const [name, button] of modeButtons) {
        button.setAttribute("aria-checked", String(name === by));
        button.tabIndex = name === by ? 0 : -1;
      }
    },
    showPoster(shown: boolean) {
      poster?.toggleAttribute("data-gone", !shown);
    },
    /** @param share  of everything that must come before it plays; 1 hides the ring */
    setLoaded(share: number, words: string) {
      ringDone.style.strokeDashoffset = String(100 * (1 - share));
      hint.textContent = words;
    },
    setTime(seconds: number, going: string) {
      const text = `${clockTime(seconds)} / ${clockTime(words.seconds)}`;
      if (time.textContent !== text) time.textContent = text;
      if (now.textContent !== going) now.textContent = going;
    },
    setVolume(to: number, muted: boolean) {
      volume.value = String(muted ? 0 : to);
      mute.replaceChildren(icon(muted ? "mute" : "loud"));
      mute.setAttribute("aria-pressed", String(muted));
      label(mute, muted ? "Sound on (M)" : "Mute (M)");
    },
    setFull(on: boolean) {
      full.replaceChildren(icon(on ? "small" : "full"));
      label(full, on ? "Leave full screen (F)" : "Full screen (F)");
    },
    setIdle(idle: boolean) {
      viewer.toggleAttribute("data-idle", idle);
    },
    setHelp(text: string | null) {
      if (text !== null) help.textContent = text;
      help.toggleAttribute("data-gone", text === null);
    },
    setNote(text: string | null) {
      note.hidden = text === null;
      note.textContent = text ?? "";
    },
    /** @param rows  null hides them */
    setFigures(rows: readonly (readonly [string, string])[] | null) {
      figures.hidden = rows === null;
      stats.setAttribute("aria-pressed", String(rows !== null));
      if (rows !== null)
        figures.replaceChildren(
          el("dl", {}, ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
        );
    },
    /** Something went wrong: what, and what one can do. */
    setCard(said: { title: string; text: string; deeds: readonly { label: string; does: () => void }[] } | null) {
      card.hidden = said === null;
      if (said === null) return;
      const buttons = said.deeds.map(({ label: text, does }, index) =>
        el("button", { class: "bv-button", type: "button", "data-first": index === 0, onclick: does }, text),
      );
      card.replaceChildren(
        el(
          "div",
          { role: "alert" },
          el("h2", {}, said.title),
          el("p", {}, said.text),
          el("div", { class: "bv-deeds" }, ...buttons),
        ),
      );
    },
    /** Instead of the 3D picture: the film as it was rendered. */
    showFilm(url: string) {
      const film = el("video", {
        src: url,
        controls: true,
        playsinline: true,
        preload: "metadata",
        poster: words.poster,
      });
      box.replaceChildren(film);
      return film;
    },
  };
}

function label(button: HTMLElement, text: string): void {
  button.setAttribute("aria-label", text);
  button.title = text;
}
