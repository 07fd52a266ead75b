import { Plus, X } from "lucide-react";
import { IconButton } from "#app/ui/icon-button.tsx";
import { ColourField } from "./colour-field.tsx";

const most = 8;

/** The colours that something is known by. */
export function ColourList({
  of,
  colours,
  disabled,
  onChange,
}: {
  /** Whose they are, where that is not plain; for who hears the page. */
  of?: string;
  colours: readonly string[];
  disabled: boolean;
  onChange(change: (now: readonly string[]) => string[]): void;
}) {
  const named = (words: string) => (of === undefined ? words : `${words} of ${of}`);
  return (
    <>
      {colours.map((colour, index) => (
        <span key={index} className="element-colour-slot">
          <ColourField
            label={named(`Colour ${index + 1}`)}
            value={colour}
            disabled={disabled}
            onCommit={(hex) => onChange((now) => now.map((each, at) => (at === index ? hex : each)))}
          />
          {disabled ? null : (
            <button
              type="button"
              aria-label={named(`Remove colour ${index + 1}`)}
              onClick={() => onChange((now) => now.filter((_, at) => at !== index))}
            >
              <X className="small" />
            </button>
          )}
        </span>
      ))}
      {disabled || colours.length >= most ? null : (
        <IconButton name={named("Add a colour")} onClick={() => onChange((now) => [...now, "#7d4f3a"].slice(0, most))}>
          <Plus />
        </IconButton>
      )}
    </>
  );
}
