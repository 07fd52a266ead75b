import { Check } from "lucide-react";
import type { StagedKey } from "#domain/film/staging.ts";
import { easings } from "#domain/screenplay/scene-plan.ts";
import { Menu } from "#app/ui/menu.tsx";
import { easeNames } from "../set-words.ts";
import { EaseGlyph } from "./ease-glyph.tsx";

/** The curve from a key to the next, and the others it could be. */
export function EaseMenu({
  keyed,
  number,
  disabled,
  onChange,
  ...rest
}: {
  keyed: StagedKey;
  number: number;
  disabled: boolean;
  onChange(ease: NonNullable<StagedKey["ease"]>): void;
  className?: string;
  style?: React.CSSProperties;
}) {
  const now = keyed.ease ?? "smooth";
  return (
    <Menu
      items={[
        { label: `Easing after key ${number}` },
        ...easings.map((ease) => ({
          name: easeNames[ease],
          icon: ease === now ? <Check className="small" /> : <EaseGlyph ease={ease} />,
          run: () => onChange(ease),
        })),
      ]}
    >
      <button
        type="button"
        disabled={disabled}
        aria-label={`Easing after key ${number}: ${easeNames[now]}`}
        title={easeNames[now]}
        onPointerDown={(event) => event.stopPropagation()}
        {...rest}
      >
        <EaseGlyph ease={now} />
      </button>
    </Menu>
  );
}
