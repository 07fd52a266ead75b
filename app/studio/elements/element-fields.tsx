import { elementKinds, type Element } from "#domain/film/element.ts";
import type { ElementPatch } from "#domain/film/elements.ts";
import { propKinds } from "#domain/screenplay/plan/plan-words.ts";
import { DraftText } from "#app/studio/inspector/draft-text.tsx";
import { useSession } from "#app/studio/session/film-session.tsx";
import { Select } from "#app/ui/select.tsx";
import { ColourList } from "./colour-list.tsx";
import { kindNames } from "./element-words.tsx";
import { PropField } from "./look-fields.tsx";
import { NameField } from "./name-field.tsx";
import { ReferencePictures } from "./reference-pictures.tsx";
import { WordsField } from "./words-field.tsx";

const kindOptions = elementKinds.map((id) => ({ id, name: kindNames[id].one }));
const given = <T,>(list: T[]) => (list.length === 0 ? undefined : list);

/** What it is called, how it looks in words and pictures, and which words mean it. */
export function ElementFields({
  element,
  onChange,
  onWrite,
}: {
  element: Element;
  onChange(patch: ElementPatch): void;
  /** As `onChange`, while somebody is writing: what follows soon is part of it. */
  onWrite(patch: ElementPatch): void;
}) {
  const { mayEdit } = useSession();
  const off = !mayEdit;
  const isShown = element.kind === "object" || element.kind === "location";
  return (
    <div className="element-tab">
      <div className="element-pair">
        <NameField name={element.name} disabled={off} onCommit={(name) => onChange({ name })} />
        <div className="ui-field">
          <span className="name">Kind</span>
          <Select
            label="Kind"
            options={kindOptions}
            value={element.kind}
            disabled={off}
            onChange={(kind) => onChange({ kind })}
          />
        </div>
      </div>
      <div className="ui-field">
        <span className="name">{element.kind === "style" ? "How everything looks" : "How it looks"}</span>
        <DraftText
          label="Description"
          rows={3}
          maxLength={5000}
          value={element.description}
          disabled={off}
          placeholder={placeholders[element.kind]}
          onCommit={(description) => onWrite({ description })}
        />
      </div>
      <ReferencePictures
        name={element.name}
        refs={element.refs ?? []}
        disabled={off}
        onChange={(change) => onChange({ refs: given(change(element.refs ?? [])) })}
      />
      <div className="ui-field">
        <span className="name">Colours</span>
        <div className="element-colours">
          <ColourList
            colours={element.colours ?? []}
            disabled={off}
            onChange={(change) => onChange({ colours: given(change(element.colours ?? [])) })}
          />
          <span className="faint small">
            {element.kind === "character"
              ? "The first is the clothes', the second the trousers', the third the hat's."
              : "They are named in every prompt."}
          </span>
        </div>
      </div>
      {isShown ? (
        <PropField
          label="Drawn as"
          none={element.kind === "object" ? "What its name says" : "The place alone"}
          kinds={propKinds}
          props={element.props ?? []}
          disabled={off}
          onCommit={(props) => onChange({ props: given(props) })}
        />
      ) : null}
      <div className="element-pair">
        <WordsField
          label="Also called"
          help="Other names in the script"
          words={element.aliases ?? []}
          most={20}
          longest={200}
          disabled={off}
          onCommit={(aliases) => onChange({ aliases: given(aliases) })}
        />
        <WordsField
          label="Trigger words"
          help="Every prompt that shows it gets them"
          words={element.triggerWords}
          most={50}
          disabled={off}
          onCommit={(triggerWords) => onChange({ triggerWords })}
        />
      </div>
      <WordsField
        label="Keywords"
        help="Words that hint at it: shots that have them get a suggestion"
        words={element.keywords ?? []}
        most={30}
        disabled={off}
        onCommit={(keywords) => onChange({ keywords: given(keywords) })}
      />
    </div>
  );
}

const placeholders: Record<Element["kind"], string> = {
  character: "60s, white beard, navy uniform with brass buttons",
  location: "An open deck high above the water, wet steel, one red lamp",
  object: "Teak, brass-bound, worn smooth",
  style: "Grainy film stock, low key, sodium and teal",
};
