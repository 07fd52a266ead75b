import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent, type RefObject } from "react";
import { recall, remember } from "./remembered.ts";

const name = "beside-share";
const [least, most, usual] = [0.25, 0.75, 0.47];
const clamp = (share: number) => Math.min(most, Math.max(least, share));

/** How much of the width the left one has; as this person left it. */
function rememberedShare(): number {
  const share = Number(recall(name));
  return Number.isFinite(share) && share > 0 ? clamp(share) : usual;
}

const columns = (share: number) => ({ "--left": `${share}fr`, "--right": `${1 - share}fr` });

/** For the box of both views. */
export const rememberedColumns = (): CSSProperties => columns(rememberedShare()) as CSSProperties;

/** Between two views; drag it, or arrow keys, or double click for the usual place. */
export function Divider({ box }: { box: RefObject<HTMLElement> }) {
  const share = useRef(rememberedShare());
  const line = useRef<HTMLDivElement>(null);
  const put = (next: number) => {
    share.current = clamp(next);
    // Straight to the style: nothing is drawn anew while it is dragged.
    for (const [key, value] of Object.entries(columns(share.current))) box.current?.style.setProperty(key, value);
    line.current?.setAttribute("aria-valuenow", String(Math.round(share.current * 100)));
  };
  const keep = () => remember(name, String(share.current));
  const onMove = (event: PointerEvent) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const { left, width } = box.current.getBoundingClientRect();
    const rail = box.current.querySelector(".stage-rail")?.getBoundingClientRect().width ?? 0;
    put((event.clientX - left - rail) / (width - rail));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -0.02, ArrowRight: 0.02 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    put(share.current + step);
    keep();
  };
  return (
    <div
      ref={line}
      className="beside-divider"
      role="separator"
      aria-label="Width of script and board"
      aria-orientation="vertical"
      aria-valuemin={least * 100}
      aria-valuemax={most * 100}
      aria-valuenow={Math.round(share.current * 100)}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onMove}
      onPointerUp={keep}
      onDoubleClick={() => {
        put(usual);
        keep();
      }}
      onKeyDown={onKey}
    />
  );
}
