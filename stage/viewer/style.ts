/** The viewer's look: always dark, as a screening room is. It stands by itself, in a page of ours or on a disk. */
export const style = /* css */ `
.bv, .bv * { box-sizing: border-box; margin: 0; padding: 0; }
.bv {
  --bv-0: #0b0b0b; --bv-2: #1a1a1a; --bv-3: #222; --bv-4: #2b2b2b; --bv-line: rgb(255 255 255 / 0.12);
  --bv-text: #ececec; --bv-dim: #b9b9b9; --bv-faint: #9b9b9b; --bv-accent: #f2b24c; --bv-accent-hover: #f8c46e; --bv-on-accent: #141414;
  --bv-person-1: #06bfa8; --bv-person-2: #bb9af4; --bv-person-3: #40e3f1; --bv-person-4: #ea856a; --bv-line-mark: #b1e4af;
  --bv-title: "Instrument Serif", Georgia, "Times New Roman", serif;
  position: fixed; inset: 0; overflow: hidden; background: var(--bv-0); color: var(--bv-text);
  font: 420 13px/1.45 "Inter Variable", Inter, system-ui, -apple-system, "Segoe UI", sans-serif;
  -webkit-font-smoothing: antialiased; user-select: none; touch-action: none; outline: none;
}
.bv button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
.bv a { color: inherit; text-decoration: none; }
.bv ul { list-style: none; }
.bv [hidden] { display: none !important; }
.bv :focus-visible { outline: 2px solid var(--bv-accent); outline-offset: 2px; border-radius: 4px; }
.bv svg { display: block; flex: none; }
.bv .bv-hush { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* The picture: a film in its own shape on its own blurred light, the whole window when one looks around. */
.bv-back { position: absolute; inset: -60px; background: center / cover; filter: blur(46px) brightness(0.7) saturate(1.2); opacity: 0.85; transition: opacity 500ms; }
.bv[data-state="playing"] .bv-back, .bv:not([data-mode="film"]) .bv-back { opacity: 0.25; }
.bv-picture { position: absolute; inset: 0; display: grid; place-items: center; overflow: hidden; }
.bv-frame { position: relative; overflow: hidden; background: #000; }
.bv-frame > * { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
.bv-frame img, .bv-frame video { object-fit: cover; }
.bv-frame canvas { touch-action: none; outline: none; }
.bv:not([data-mode="film"]) canvas { cursor: grab; }
.bv:not([data-mode="film"]) canvas:active { cursor: grabbing; }
.bv-frame img { transition: opacity 450ms; }
.bv-frame img[data-gone] { opacity: 0; pointer-events: none; }

/* Its head: who made it, and what can be taken away. As high with its buttons as without: nothing in it moves. */
.bv-head { position: absolute; inset: 0 0 auto; display: flex; align-items: center; gap: 10px; min-height: 86px; padding: 10px 22px 40px; background: linear-gradient(rgb(0 0 0 / 0.55), transparent); transition: opacity 260ms; }
.bv-head strong { font-weight: 620; letter-spacing: 0.01em; }
.bv-head .bv-name { flex: 1; min-width: 0; font: 400 19px/1.2 var(--bv-title); white-space: nowrap; overflow: hidden; text-overflow: ellipsis; opacity: 0; transition: opacity 260ms; padding-left: 10px; margin-left: 2px; border-left: 1px solid var(--bv-line); }
.bv:not([data-state="cover"]) .bv-head .bv-name { opacity: 1; }
.bv-plate { font-size: 11px; font-weight: 620; line-height: 18px; padding: 0 7px; border-radius: 3px; background: rgb(255 255 255 / 0.13); color: var(--bv-text); white-space: nowrap; }

.bv-tool { display: inline-flex; align-items: center; justify-content: center; gap: 8px; min-width: 36px; height: 36px; padding: 0 9px; border-radius: 7px; color: var(--bv-dim); transition: background 120ms, color 120ms; white-space: nowrap; font-weight: 520; }
.bv-tool:hover, .bv-tool[aria-pressed="true"], .bv-tool[aria-expanded="true"] { background: rgb(255 255 255 / 0.12); color: var(--bv-text); }
.bv-tool[data-tool="link-cover"] { min-width: 110px; justify-content: flex-start; }
.bv-tool[data-tool="link"] { position: relative; }
.bv-said { position: absolute; bottom: 42px; padding: 6px 10px; border-radius: 6px; background: rgb(20 20 20 / 0.94); color: var(--bv-text); font-size: 12px; }

/* Before it plays: its title, and one thing to press. */
.bv-cover { position: absolute; inset: 0; display: grid; place-items: center; background: linear-gradient(transparent 48%, rgb(0 0 0 / 0.78)); transition: opacity 320ms; }
.bv[data-state="ended"] .bv-cover { background: linear-gradient(rgb(0 0 0 / 0.35) 70%, transparent); bottom: 130px; }
.bv[data-state="ended"] .bv-words { display: none; }
.bv-cover[data-gone] { opacity: 0; pointer-events: none; }
.bv-start { position: relative; display: grid; place-items: center; width: 104px; height: 104px; border-radius: 50%; transition: transform 160ms; }
.bv .bv-start:focus-visible { border-radius: 50%; outline-offset: 8px; }
.bv-start > span { display: grid; place-items: center; width: 84px; height: 84px; border-radius: 50%; background: var(--bv-accent); color: var(--bv-on-accent); box-shadow: 0 12px 44px rgb(0 0 0 / 0.5); transition: background 120ms; }
.bv-start > span > svg { margin-left: 4px; }
.bv-start[data-again] > span > svg { margin-left: 0; }
.bv-start:hover { transform: scale(1.04); }
.bv-start:hover > span { background: var(--bv-accent-hover); }
.bv-ring { position: absolute; inset: 0; transform: rotate(-90deg); }
.bv-ring circle { fill: none; stroke-width: 3; stroke: rgb(255 255 255 / 0.16); }
.bv-ring .bv-ring-done { stroke: var(--bv-accent); stroke-linecap: round; stroke-dasharray: 100; stroke-dashoffset: 100; }
.bv-words { position: absolute; left: 40px; right: 40px; bottom: 44px; display: flex; align-items: flex-end; gap: 40px; pointer-events: none; }
.bv-words > div { flex: 1; min-width: 0; }
.bv-kicker { color: var(--bv-dim); margin-bottom: 10px; }
.bv h1 { font: 400 clamp(34px, 4.2vw, 62px)/1.06 var(--bv-title); letter-spacing: -0.008em; text-wrap: balance; max-width: 21ch; text-shadow: 0 2px 30px rgb(0 0 0 / 0.4); }
.bv-hint { color: var(--bv-dim); text-align: right; font-variant-numeric: tabular-nums; }

/* While it plays. */
.bv-foot { position: absolute; inset: auto 0 0; padding: 56px 22px 16px; background: linear-gradient(transparent, rgb(0 0 0 / 0.78)); transition: opacity 260ms, transform 260ms; }
.bv[data-state="cover"] .bv-foot, .bv[data-state="film"] .bv-foot, .bv[data-state="wrong"] .bv-foot { opacity: 0; pointer-events: none; visibility: hidden; }
.bv[data-idle] .bv-foot, .bv[data-idle] .bv-head { opacity: 0; pointer-events: none; }
.bv[data-idle] { cursor: none; }
.bv-now { min-height: 20px; margin-bottom: 2px; color: var(--bv-dim); text-shadow: 0 1px 8px #000; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.bv-scrub { position: relative; height: 34px; cursor: pointer; touch-action: none; }
.bv .bv-scrub:focus-visible { outline-offset: 4px; }
.bv-track { position: absolute; left: 0; right: 0; top: 17px; height: 4px; border-radius: 2px; background: rgb(255 255 255 / 0.22); }
.bv-scrub:hover .bv-track, .bv-scrub:active .bv-track { height: 6px; top: 16px; }
.bv-done { position: absolute; inset: 0 auto 0 0; border-radius: 2px; background: var(--bv-accent); }
.bv-knob { position: absolute; top: 12px; width: 14px; height: 14px; margin-left: -7px; border-radius: 50%; background: var(--bv-accent); box-shadow: 0 0 0 3px rgb(0 0 0 / 0.3); }
.bv-mark { position: absolute; pointer-events: none; }
.bv-mark[data-kind="action"] { height: 3px; border-radius: 1.5px; border-right: 2px solid transparent; background-clip: padding-box; opacity: 0.85; }
.bv-mark[data-kind="line"] { top: 25px; height: 3px; border-radius: 1.5px; background: var(--bv-line-mark); }
.bv-mark[data-kind="cue"] { top: 15px; width: 8px; height: 8px; margin-left: -4px; background: #fff; transform: rotate(45deg); border-radius: 1px; box-shadow: 0 0 0 2px rgb(0 0 0 / 0.35); }
.bv-tip { position: absolute; bottom: 38px; transform: translateX(-50%); padding: 6px 10px; border-radius: 6px; background: rgb(20 20 20 / 0.94); box-shadow: 0 0 0 1px rgb(255 255 255 / 0.09), 0 6px 18px rgb(0 0 0 / 0.45); font-size: 12px; white-space: nowrap; pointer-events: none; font-variant-numeric: tabular-nums; }
.bv-tip b { font-weight: 620; }
.bv-tip span { display: block; color: var(--bv-dim); }
.bv-row { display: flex; align-items: center; gap: 4px; margin: 2px -8px 0; }
.bv-time { padding: 0 10px; color: var(--bv-dim); font-variant-numeric: tabular-nums; white-space: nowrap; }
.bv-time b { color: var(--bv-text); font-weight: 520; }
.bv-space { flex: 1; }
.bv-volume { width: 84px; height: 20px; accent-color: var(--bv-text); cursor: pointer; }
.bv-row { position: relative; }
.bv-mixer { position: absolute; left: 40px; bottom: 46px; display: grid; gap: 10px; padding: 14px 16px; border-radius: 10px; background: rgb(20 20 20 / 0.95); box-shadow: 0 0 0 1px rgb(255 255 255 / 0.09), 0 6px 18px rgb(0 0 0 / 0.45); }
.bv-mixer label { display: flex; align-items: center; justify-content: space-between; gap: 22px; color: var(--bv-dim); }
.bv-mixer .bv-volume { display: block !important; width: 130px; }
.bv-modes { display: flex; padding: 3px; gap: 2px; border-radius: 9px; background: rgb(255 255 255 / 0.09); margin-right: 8px; }
.bv-modes button { display: inline-flex; align-items: center; gap: 7px; height: 30px; padding: 0 12px; border-radius: 6px; color: var(--bv-dim); font-weight: 520; }
.bv-modes button:hover { color: var(--bv-text); }
.bv-modes button[aria-checked="true"] { background: rgb(255 255 255 / 0.16); color: var(--bv-text); }

/* How to move, said once when one begins to look around. */
.bv-help { position: absolute; left: 50%; bottom: 134px; transform: translateX(-50%); padding: 8px 14px; border-radius: 999px; background: rgb(20 20 20 / 0.82); color: var(--bv-dim); white-space: nowrap; transition: opacity 400ms; pointer-events: none; }
.bv-help[data-gone] { opacity: 0; }

.bv-stats { position: absolute; top: 70px; right: 22px; padding: 12px 14px; border-radius: 8px; background: rgb(12 12 12 / 0.84); box-shadow: 0 0 0 1px rgb(255 255 255 / 0.08); font: 12px/1.6 ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--bv-dim); max-width: min(340px, calc(100vw - 32px)); pointer-events: none; }
.bv-stats dl { display: grid; grid-template-columns: auto 1fr; gap: 0 16px; }
.bv-stats dd { color: var(--bv-text); text-align: right; overflow-wrap: anywhere; }

/* What there is to keep. */
.bv-shade { position: absolute; inset: 0; background: rgb(0 0 0 / 0.5); }
.bv-sheet { position: absolute; top: 0; right: 0; bottom: 0; width: min(420px, 100%); display: flex; flex-direction: column; background: var(--bv-2); box-shadow: 0 0 0 1px rgb(255 255 255 / 0.08), 0 24px 64px rgb(0 0 0 / 0.6); user-select: text; touch-action: auto; animation: bv-in 200ms cubic-bezier(0.2, 0.8, 0.2, 1); }
@keyframes bv-in { from { transform: translateX(24px); opacity: 0; } }
.bv .bv-sheet { outline: none; }
.bv-sheet-head { display: flex; align-items: center; padding: 18px 12px 10px 22px; }
.bv-sheet-head h2 { flex: 1; font: 400 26px/1.1 var(--bv-title); }
.bv-sheet-in { overflow-y: auto; overscroll-behavior: contain; padding: 4px 22px 28px; }
.bv .bv-whole { display: flex; align-items: center; gap: 12px; padding: 13px 16px; border-radius: 8px; background: var(--bv-accent); color: var(--bv-on-accent); font-weight: 620; margin-bottom: 14px; }
.bv-whole:hover { background: var(--bv-accent-hover); }
.bv-whole span { flex: 1; }
.bv-files a { display: flex; align-items: center; gap: 12px; padding: 9px 10px; margin: 0 -10px; border-radius: 6px; }
.bv-files a:hover { background: var(--bv-3); }
.bv-files span { flex: 1; min-width: 0; }
.bv-files small, .bv-whole small { color: var(--bv-faint); font-size: 12px; font-variant-numeric: tabular-nums; }
.bv-whole small { color: inherit; opacity: 0.75; font-weight: 520; }
.bv-files small.bv-file { display: block; }
.bv-about { margin-top: 22px; padding-top: 18px; border-top: 1px solid var(--bv-line); color: var(--bv-dim); }
.bv-about blockquote { font: italic 400 19px/1.35 var(--bv-title); color: var(--bv-text); margin-bottom: 12px; overflow-wrap: anywhere; max-height: 40vh; overflow-y: auto; }

/* When it cannot. */
.bv-card { position: absolute; inset: 0; display: grid; place-items: center; padding: 24px; background: rgb(11 11 11 / 0.72); }
.bv-card > div { width: min(440px, 100%); padding: 28px; border-radius: 12px; background: var(--bv-2); box-shadow: 0 0 0 1px rgb(255 255 255 / 0.09), 0 24px 64px rgb(0 0 0 / 0.6); }
.bv-card h2 { font: 400 30px/1.1 var(--bv-title); margin-bottom: 10px; }
.bv-card p { color: var(--bv-dim); line-height: 1.55; }
.bv-card .bv-deeds { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 20px; }
.bv-button { display: inline-flex; align-items: center; height: 36px; padding: 0 14px; border-radius: 6px; font-weight: 520; box-shadow: inset 0 0 0 1px rgb(255 255 255 / 0.2); }
.bv-button:hover { background: var(--bv-4); }
.bv .bv-button[data-first] { background: var(--bv-accent); color: var(--bv-on-accent); font-weight: 620; box-shadow: none; }
.bv .bv-button[data-first]:hover { background: var(--bv-accent-hover); }
.bv-note { position: absolute; left: 22px; right: 22px; top: 68px; width: fit-content; max-width: 640px; padding: 9px 14px; border-radius: 8px; background: rgb(20 20 20 / 0.9); color: var(--bv-dim); box-shadow: 0 0 0 1px rgb(255 255 255 / 0.08); }

@media (max-width: 720px) {
  .bv[data-state="ended"] .bv-cover { bottom: 0; }
  .bv-head { min-height: 82px; padding: 6px 12px 32px 16px; gap: 4px; }
  .bv-head strong { display: none; }
  .bv-head .bv-name { font-size: 17px; padding-left: 4px; border-left: 0; }
  .bv-cover { background: linear-gradient(transparent 50%, rgb(0 0 0 / 0.7)); }
  .bv-words { left: 20px; right: 20px; bottom: 36px; display: block; }
  .bv h1 { font-size: clamp(30px, 9vw, 40px); max-width: none; }
  .bv-hint { text-align: left; margin-top: 14px; }
  .bv-start { width: 92px; height: 92px; }
  .bv-start > span { width: 72px; height: 72px; }
  .bv-foot { padding: 40px 16px max(12px, env(safe-area-inset-bottom)); }
  .bv-volume, .bv-tool[data-tool="stats"], .bv-tool[data-tool="splats"], .bv-tool[data-tool="link"] { display: none; }
  .bv-mixer { left: 0; right: 0; bottom: 100px; }
  .bv-mixer .bv-volume { width: 60vw; }
  .bv-row { flex-wrap: wrap; row-gap: 6px; margin: 0 -6px; }
  .bv-tool { min-width: 44px; height: 44px; }
  .bv-modes { order: 9; flex: 1 0 calc(100% - 12px); margin: 0 6px; }
  .bv-modes button { flex: 1; justify-content: center; height: 40px; }
  .bv-help { bottom: 216px; max-width: calc(100vw - 32px); white-space: normal; text-align: center; border-radius: 12px; }
  .bv-sheet { top: auto; max-height: 82%; border-radius: 14px 14px 0 0; animation-name: bv-up; }
  .bv-stats { right: 16px; top: 62px; }
}
/* A phone on its side: the button stands above the words. */
@media (max-height: 480px) {
  .bv-cover { place-items: start center; padding-top: max(52px, 18vh); }
  .bv[data-state="ended"] .bv-cover { bottom: 110px; }
  .bv-start { width: 84px; height: 84px; }
  .bv-start > span { width: 66px; height: 66px; }
  .bv-words { left: 20px; right: 20px; bottom: 18px; display: flex; gap: 24px; }
  .bv-kicker { display: none; }
  .bv h1 { font-size: 26px; max-width: none; }
  .bv-hint { margin-top: 0; text-align: right; }
}
@keyframes bv-up { from { transform: translateY(24px); opacity: 0; } }
@media (prefers-reduced-motion: reduce) { .bv, .bv * { transition: none !important; animation: none !important; } }
`;
