import { RotateCcw } from "lucide-react";
import { useMemo } from "react";
import { inScene } from "#domain/elements/in-shot.ts";
import { introductionsOf } from "#domain/elements/introductions.ts";
import { lookOf } from "#domain/elements/look.ts";
import { thingNames } from "#domain/elements/propose.ts";
import type { Element, LookChanges } from "#domain/film/element.ts";
import { garments, hairStyles, type Look } from "#domain/screenplay/plan/plan-cast.ts";
import { propKinds, type PropKind } from "#domain/screenplay/plan/plan-words.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/select.tsx";
import { ColourField } from "./colour-field.tsx";
import { Portrait } from "./portrait.tsx";
import { RangeRow } from "./range-row.tsx";

type Part = keyof Look;
const named = (id: string) => ({ id, name: id.charAt(0).toUpperCase() + id.slice(1) });
const garmentOptions = garments.map(named);
const hairOptions = hairStyles.map(named);
const beardOptions = ["none", "short", "full"].map(named);
const carried: readonly PropKind[] = propKinds.filter(
  (kind) => !["car", "lighthouse", "ferry", "clock"].includes(kind),
);

/** How somebody is drawn: what was set by hand, and beside it what follows from name, script and description. */
export function LookFields({
  element,
  changes,
  disabled,
  onChange,
}: {
  element: Element;
  /** What was set by hand of the element or of a variant. */
  changes: LookChanges;
  disabled: boolean;
  onChange(changes: LookChanges): void;
}) {
  const screenplay = useFilm((film) => film.screenplay);
  const look = useMemo(
    () => lookOf({ ...inScene(element, ""), look: { ...element.look, ...changes } }, introductionsOf(screenplay)),
    [element, changes, screenplay],
  );
  const set = <P extends Part>(part: P, value: Look[P]) => onChange({ ...changes, [part]: value });
  const colour = (part: "garmentColour" | "legsColour" | "hairColour" | "headwearColour" | "skin", label: string) => (
    <ColourField label={label} value={look[part]} disabled={disabled} onCommit={(hex) => set(part, hex)} />
  );
  const select = (part: "garment" | "hair" | "beard", label: string, options: { id: string; name: string }[]) => (
    <Select
      label={label}
      options={options}
      value={look[part]}
      disabled={disabled}
      onChange={(id) => onChange({ ...changes, [part]: id })}
    />
  );
  const own = Object.values(changes).filter((value) => value !== undefined).length;
  return (
    <div className="element-look">
      <Portrait look={look} />
      <div className="element-look-rows">
        <div className="element-look-row">
          <span>Clothes</span>
          {select("garment", "Clothes", garmentOptions)}
          {colour("garmentColour", "Colour of the clothes")}
          {colour("legsColour", "Colour of the trousers")}
        </div>
        <div className="element-look-row">
          <span>Hair</span>
          {select("hair", "Hair", hairOptions)}
          {colour("hairColour", "Colour of the hair")}
          {["cap", "hat", "hood"].includes(look.hair)
            ? colour("headwearColour", "Colour of what is worn on the head")
            : null}
        </div>
        <div className="element-look-row">
          <span>Beard</span>
          {select("beard", "Beard", beardOptions)}
          <span className="element-look-second">Skin</span>
          {colour("skin", "Skin")}
        </div>
        <RangeRow
          label="Height"
          range={[1, 2.1, 0.01]}
          value={look.height}
          words={(height) => `${height.toFixed(2)} m`}
          disabled={disabled}
          onChange={(height) => set("height", height)}
        />
        <RangeRow
          label="Build"
          range={[0.8, 1.3, 0.01]}
          value={look.build}
          words={(build) => `${Math.round(build * 100)}%`}
          disabled={disabled}
          onChange={(build) => set("build", build)}
        />
        {own > 0 ? (
          <Button look="quiet" size="small" disabled={disabled} onClick={() => onChange({})}>
            <RotateCcw />
            As name, script and description say
          </Button>
        ) : (
          <p className="faint small">Follows from the name, the script and the description until you set it here.</p>
        )}
      </div>
    </div>
  );
}

const nothing = "nothing";

/** What somebody has in the hand, or what the built-in engine draws a prop as. */
export function PropField({
  label,
  props,
  kinds = carried,
  none,
  disabled,
  onCommit,
}: {
  label: string;
  props: readonly PropKind[];
  kinds?: readonly PropKind[];
  /** What the first choice says: none of these. */
  none: string;
  disabled: boolean;
  onCommit(props: PropKind[]): void;
}) {
  const options = [{ id: nothing, name: none }, ...kinds.map((id) => ({ id: id as string, name: thingNames[id] }))];
  return (
    <div className="element-look-row">
      <span>{label}</span>
      <Select
        label={label}
        options={options}
        value={props[0] ?? nothing}
        disabled={disabled}
        onChange={(id) => onCommit(propKinds.filter((kind) => kind === id))}
      />
    </div>
  );
}
