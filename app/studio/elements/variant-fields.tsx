import { Plus, Trash2 } from "lucide-react";
import { mostVariants, type Element, type ElementVariant } from "#domain/film/element.ts";
import { addVariant, changeVariant, removeVariant } from "#domain/film/elements.ts";
import { sceneName } from "#app/studio/board/shot-words.ts";
import { DraftText } from "#app/studio/inspector/draft-text.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { ColourList } from "./colour-list.tsx";
import { LookFields } from "./look-fields.tsx";
import { NameField } from "./name-field.tsx";
import { ReferencePictures } from "./reference-pictures.tsx";
import { WordsField } from "./words-field.tsx";

type Change = Parameters<typeof changeVariant>[3];
const given = <T,>(list: T[]) => (list.length === 0 ? undefined : list);

/** The same element otherwise: in some scenes younger, soaked, burnt down. */
export function VariantFields({ element }: { element: Element }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const variants = element.variants ?? [];
  return (
    <div className="element-tab">
      {variants.length === 0 ? (
        <p className="dim">
          {element.name} looks the same in every scene. A variant is how it looks in some of them: younger, in another
          coat, burnt down.
        </p>
      ) : null}
      {variants.map((variant) => (
        <Variant key={variant.id} element={element} variant={variant} />
      ))}
      {mayEdit && variants.length < mostVariants ? (
        <span>
          <Button onClick={() => gesture(undo, () => addVariant(doc, element.id, edit))}>
            <Plus />
            Add a variant
          </Button>
        </span>
      ) : null}
    </div>
  );
}

/** What is left empty is as the element has it. */
function Variant({ element, variant }: { element: Element; variant: ElementVariant }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const off = !mayEdit;
  const write = (change: Change) => changeVariant(doc, element.id, variant.id, change, edit);
  const change = (how: Change) => gesture(undo, () => write(how));
  return (
    <section className="element-variant" aria-label={variant.name}>
      <div className="element-variant-head">
        <NameField label="Variant" name={variant.name} disabled={off} onCommit={(name) => change(() => ({ name }))} />
        {mayEdit ? (
          <IconButton
            name={`Remove ${variant.name}`}
            onClick={() => gesture(undo, () => removeVariant(doc, element.id, variant.id, edit))}
          >
            <Trash2 />
          </IconButton>
        ) : null}
      </div>
      <ScenesOf
        variant={variant}
        disabled={off}
        onChange={(scenesOf) => change((now) => ({ sceneIds: scenesOf(now.sceneIds) }))}
      />
      <DraftText
        label={`How ${variant.name} looks`}
        rows={2}
        maxLength={5000}
        value={variant.description ?? ""}
        placeholder={element.description || "How it looks then"}
        disabled={off}
        onCommit={(text) => write(() => ({ description: text.trim() === "" ? undefined : text }))}
      />
      <ReferencePictures
        name={variant.name}
        refs={variant.refs ?? []}
        disabled={off}
        onChange={(next) => change(({ refs }) => ({ refs: given(next(refs ?? [])) }))}
      />
      <div className="element-colours">
        <ColourList
          of={variant.name}
          colours={variant.colours ?? []}
          disabled={off}
          onChange={(next) => change(({ colours }) => ({ colours: given(next(colours ?? [])) }))}
        />
      </div>
      <WordsField
        label={`Trigger words of ${variant.name}`}
        help="Instead of the element's own, in these scenes"
        words={variant.triggerWords ?? []}
        most={50}
        disabled={off}
        onCommit={(words) => change(() => ({ triggerWords: given(words) }))}
      />
      {element.kind === "character" ? (
        <LookFields
          element={{
            ...{ ...element, description: variant.description ?? element.description },
            ...{ colours: variant.colours ?? element.colours },
          }}
          changes={variant.look ?? {}}
          disabled={off}
          onChange={(look) => change(() => ({ look: Object.keys(look).length === 0 ? undefined : look }))}
        />
      ) : null}
    </section>
  );
}

function ScenesOf({
  variant,
  disabled,
  onChange,
}: {
  variant: ElementVariant;
  disabled: boolean;
  onChange(change: (now: readonly string[]) => string[]): void;
}) {
  const scenes = useFilm((film) => film.scenes);
  return (
    <div className="element-scenes" role="group" aria-label={`Scenes of ${variant.name}`}>
      {scenes.length === 0 ? null : <span className="dim">In</span>}
      {scenes.map((scene) => {
        const isIn = variant.sceneIds.includes(scene.id);
        return (
          <button
            key={scene.id}
            type="button"
            className="ui-chip"
            aria-pressed={isIn}
            disabled={disabled}
            onClick={() => onChange((now) => [...now.filter((id) => id !== scene.id), ...(isIn ? [] : [scene.id])])}
          >
            {scene.number} {sceneName(scene)}
          </button>
        );
      })}
      {scenes.length === 0 ? <span className="faint small">There are no scenes on the board yet.</span> : null}
    </div>
  );
}
