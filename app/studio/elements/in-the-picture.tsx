import { BookUser, Check, Plus, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { changeShot } from "#domain/film/edit.ts";
import type { Element } from "#domain/film/element.ts";
import { acceptElement, addElement, forgetElement, rejectElement } from "#domain/film/elements.ts";
import type { Shot } from "#domain/film/shot.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { Button } from "#app/ui/button.tsx";
import { enterPressed } from "#app/ui/enter-pressed.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { openElement } from "./element-dialog-state.ts";
import { ElementPicture } from "./element-picture.tsx";
import { confidenceWords, KindIcon, kindNames, signWords } from "./element-words.tsx";
import { useElementChips, type ElementChip } from "./use-element-chips.ts";
import "./elements.css";

/** Who and what a shot shows, why, and what its words only hint at; each can be taken in or out. */
export function InThePicture({ shot }: { shot: Shot }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const chips = useElementChips(shot);
  const elements = useFilm((film) => film.elements);
  const [adding, setAdding] = useState(false);
  const out = elements.filter(({ id }) => shot.elementsOut?.includes(id) === true);
  return (
    <section className="inspector-part">
      <h3>
        In the picture
        {mayEdit ? (
          <span className="end">
            <IconButton name="Add somebody or something" size="small" onClick={() => setAdding(true)}>
              <Plus className="small" />
            </IconButton>
          </span>
        ) : null}
      </h3>
      <ul className="in-picture">
        {chips.map((chip) => (
          <li key={chip.key} data-state={chip.state}>
            <Row chip={chip} element={elements.find(({ id }) => id === chip.elementId)} />
            {mayEdit ? <Answers chip={chip} shot={shot} /> : null}
          </li>
        ))}
        {out.map((element) => (
          <li key={element.id} data-state="out">
            <span className="element-row">
              <ElementPicture element={element} />
              <span className="cut strong">{element.name}</span>
              <span className="kind faint">Taken out of this shot</span>
            </span>
            {mayEdit ? (
              <IconButton
                name={`Let the words decide about ${element.name}`}
                size="small"
                onClick={() => gesture(undo, () => forgetElement(doc, [shot.id], element.id, edit))}
              >
                <RotateCcw className="small" />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
      {chips.length === 0 && !adding ? <span className="faint">Nobody: the place alone.</span> : null}
      {adding ? <AddToShot shot={shot} onDone={() => setAdding(false)} /> : null}
    </section>
  );
}

function Row({ chip, element }: { chip: ElementChip; element: Element | undefined }) {
  const why =
    chip.state === "suggested" ? signWords[chip.sign] : element ? kindNames[chip.kind].one : "Not in the elements yet";
  const inside = (
    <>
      {element ? (
        <ElementPicture element={element} />
      ) : (
        <span className="element-picture">
          <KindIcon kind={chip.kind} />
        </span>
      )}
      <span className="cut strong">{chip.name}</span>
      <span className="kind faint cut">{why}</span>
      <span className="num faint sure">{element ? confidenceWords(chip.confidence) : ""}</span>
    </>
  );
  return element ? (
    <button type="button" className="element-row" title={signWords[chip.sign]} onClick={() => openElement(element.id)}>
      {inside}
    </button>
  ) : (
    <span className="element-row">{inside}</span>
  );
}

function Answers({ chip, shot }: { chip: ElementChip; shot: Shot }) {
  const { doc, edit, undo } = useSession();
  const { elementId, name } = chip;
  if (elementId === undefined)
    return (
      <>
        <IconButton
          name={`Put ${name} into the elements`}
          size="small"
          onClick={() =>
            gesture(undo, () => addElement(doc, { kind: "character", name, description: "", triggerWords: [] }, edit))
          }
        >
          <BookUser className="small" />
        </IconButton>
        <IconButton
          name={`Take ${name} out of the picture`}
          size="small"
          onClick={() =>
            gesture(undo, () =>
              changeShot(doc, shot.id, { characters: shot.characters.filter((each) => each !== chip.key) }, edit),
            )
          }
        >
          <X className="small" />
        </IconButton>
      </>
    );
  return (
    <>
      {chip.state === "suggested" ? (
        <IconButton
          name={`${name} is in this shot`}
          size="small"
          onClick={() => gesture(undo, () => acceptElement(doc, [shot.id], elementId, edit))}
        >
          <Check className="small" />
        </IconButton>
      ) : null}
      <IconButton
        name={chip.state === "suggested" ? `${name} is not in this shot` : `Take ${name} out of the picture`}
        size="small"
        onClick={() => gesture(undo, () => rejectElement(doc, [shot.id], elementId, edit))}
      >
        <X className="small" />
      </IconButton>
    </>
  );
}

/** An element by its name; any other name is somebody whom only this film's script knows. */
function AddToShot({ shot, onDone }: { shot: Shot; onDone(): void }) {
  const { doc, edit, undo } = useSession();
  const elements = useFilm((film) => film.elements.filter(({ kind }) => kind !== "style"));
  const cast = useFilm((film) => [...new Set(film.shots.flatMap((each) => each.characters))].sort());
  const [name, setName] = useState("");
  const add = () => {
    const given = name.trim().slice(0, 100);
    const isSame = (other: string) => other.toLowerCase() === given.toLowerCase();
    const element = elements.find((each) => [each.name, ...(each.aliases ?? [])].some(isSame));
    if (element) gesture(undo, () => acceptElement(doc, [shot.id], element.id, edit));
    else if (given !== "" && shot.characters.length < 40 && !shot.characters.some(isSame)) {
      const characters = [...shot.characters, cast.find(isSame) ?? given];
      gesture(undo, () => changeShot(doc, shot.id, { characters }, edit));
    }
    onDone();
  };
  return (
    <span className="inspector-add">
      <input
        className="ui-input"
        aria-label="Name"
        list="in-picture-names"
        autoFocus
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (enterPressed(event)) add();
          if (event.key === "Escape") onDone();
        }}
      />
      <datalist id="in-picture-names">
        {[...new Set([...elements.map((each) => each.name), ...cast])].map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Button size="small" onClick={add}>
        Add
      </Button>
    </span>
  );
}
