import { Plus, Trash2 } from "lucide-react";
import type { Element, ElementVariant } from "#domain/film/element.ts";
import type { ElementPatch } from "#domain/film/elements.ts";
import { sceneName } from "#app/studio/board/shot-words.ts";
import { DraftText } from "#app/studio/inspector/draft-text.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { LookFields } from "./look-fields.tsx";
import { NameField } from "./name-field.tsx";

const most = 20;

/** The same element otherwise: in some scenes younger, soaked, burnt down. */
export function VariantFields({ element, onChange }: { element: Element; onChange(patch: ElementPatch): void }) {
  const { edit, mayEdit } = useSession();
  const variants = element.variants ?? [];
  const write = (next: ElementVariant[]) => onChange({ variants: next.length === 0 ? undefined : next });
  const change = (id: string, patch: Partial<ElementVariant>) =>
    write(variants.map((each) => (each.id === id ? { ...each, ...patch } : each)));
  return (
    <div className="element-tab">
      {variants.length === 0 ? (
        <p className="dim">
          {element.name} looks the same in every scene. A variant is how it looks in some of them: younger, in another
          coat, burnt down.
        </p>
      ) : null}
      {variants.map((variant) => (
        <section key={variant.id} className="element-variant" aria-label={variant.name}>
          <div className="element-variant-head">
            <NameField
              label="Variant"
              name={variant.name}
              disabled={!mayEdit}
              onCommit={(name) => change(variant.id, { name })}
            />
            {mayEdit ? (
              <IconButton
                name={`Remove ${variant.name}`}
                onClick={() => write(variants.filter((each) => each.id !== variant.id))}
              >
                <Trash2 />
              </IconButton>
            ) : null}
          </div>
          <ScenesOf variant={variant} disabled={!mayEdit} onChange={(sceneIds) => change(variant.id, { sceneIds })} />
          <DraftText
            label={`How ${variant.name} looks`}
            rows={2}
            maxLength={5000}
            value={variant.description ?? ""}
            placeholder={element.description || "How it looks then"}
            disabled={!mayEdit}
            onCommit={(text) => change(variant.id, { description: text.trim() === "" ? undefined : text })}
          />
          {element.kind === "character" ? (
            <LookFields
              element={{ ...element, description: variant.description ?? element.description }}
              changes={variant.look ?? {}}
              disabled={!mayEdit}
              onChange={(look) => change(variant.id, { look: Object.keys(look).length === 0 ? undefined : look })}
            />
          ) : null}
        </section>
      ))}
      {mayEdit && variants.length < most ? (
        <span>
          <Button
            onClick={() =>
              write([...variants, { id: edit.newId(), name: `Variant ${variants.length + 1}`, sceneIds: [] }])
            }
          >
            <Plus />
            Add a variant
          </Button>
        </span>
      ) : null}
    </div>
  );
}

function ScenesOf({
  variant,
  disabled,
  onChange,
}: {
  variant: ElementVariant;
  disabled: boolean;
  onChange(sceneIds: string[]): void;
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
            onClick={() =>
              onChange(isIn ? variant.sceneIds.filter((id) => id !== scene.id) : [...variant.sceneIds, scene.id])
            }
          >
            {scene.number} {sceneName(scene)}
          </button>
        );
      })}
      {scenes.length === 0 ? <span className="faint small">There are no scenes on the board yet.</span> : null}
    </div>
  );
}
