import { Merge, MoreHorizontal, Trash2 } from "lucide-react";
import { useState } from "react";
import { usesIn } from "#domain/elements/uses.ts";
import type { Element } from "#domain/film/element.ts";
import { changeElement, mergeElements, removeElement, type ElementPatch } from "#domain/film/elements.ts";
import { toastUndo } from "#app/studio/board/toast-undo.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture, undoableGesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import { Button } from "#app/ui/button.tsx";
import { Dialog } from "#app/ui/dialog.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Menu } from "#app/ui/menu.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { openElement, useOpenElement } from "./element-dialog-state.ts";
import { ElementFields } from "./element-fields.tsx";
import { ElementPicture } from "./element-picture.tsx";
import { kindNames } from "./element-words.tsx";
import { KeepInLibrary } from "./keep-in-library.tsx";
import { LookFields, PropField } from "./look-fields.tsx";
import { VariantFields } from "./variant-fields.tsx";
import { VoiceFields } from "./voice-fields.tsx";
import "./elements.css";

/** Everything that is known of one element; opened from wherever it is shown. */
export function ElementDialog() {
  const id = useOpenElement();
  const element = useFilm((film) => film.elements.find((each) => each.id === id) ?? null);
  return element ? <OpenElement key={element.id} element={element} /> : null;
}

function OpenElement({ element }: { element: Element }) {
  const { doc, edit, mayEdit, undo } = useSession();
  const [tab, setTab] = useState("element");
  const close = () => openElement(null);
  const write = (patch: ElementPatch) => changeElement(doc, element.id, patch, edit);
  const change = (patch: ElementPatch) => gesture(undo, () => write(patch));
  const off = !mayEdit;
  const isPerson = element.kind === "character";
  const tabs = [
    {
      id: "element",
      name: kindNames[element.kind].one,
      body: <ElementFields element={element} onChange={change} onWrite={write} />,
    },
    ...(isPerson
      ? [
          {
            id: "look",
            name: "Look and voice",
            body: (
              <div className="element-tab">
                <LookFields
                  element={element}
                  changes={element.look ?? {}}
                  disabled={off}
                  onChange={(look) => change({ look: Object.keys(look).length === 0 ? undefined : look })}
                />
                <PropField
                  label="Carries"
                  none="Nothing"
                  props={element.props ?? []}
                  disabled={off}
                  onCommit={(props) => change({ props: props.length === 0 ? undefined : props })}
                />
                <VoiceFields voice={element.voice} disabled={off} onChange={(voice) => change({ voice })} />
              </div>
            ),
          },
        ]
      : []),
    {
      id: "variants",
      name: "Variants",
      count: element.variants?.length ?? 0,
      body: <VariantFields element={element} />,
    },
  ];
  return (
    <Dialog
      open
      onClose={close}
      title={element.name}
      width={600}
      lead={
        <span className="element-lead">
          <ElementPicture element={element} />
        </span>
      }
      foot={<Foot element={element} onClose={close} />}
    >
      <Tabs label={element.name} value={tab} onChange={setTab} tabs={tabs} />
    </Dialog>
  );
}

function Foot({ element, onClose }: { element: Element; onClose(): void }) {
  const { doc, edit, undo, mayEdit } = useSession();
  const { selectShots } = useSelection();
  const shotIds = useFilm((film) => usesIn(film).find((use) => use.element.id === element.id)?.shotIds ?? []);
  const others = useFilm((film) =>
    film.elements.filter((each) => each.kind === element.kind && each.id !== element.id),
  );
  const remove = () => {
    const { takeBack } = undoableGesture(undo, () => removeElement(doc, element.id, edit));
    onClose();
    toastUndo(`${element.name} was removed.`, takeBack);
  };
  const mergeInto = (other: Element) => {
    const { takeBack } = undoableGesture(undo, () => mergeElements(doc, other.id, element.id, edit));
    openElement(other.id);
    toastUndo(`${element.name} is ${other.name} now.`, takeBack);
  };
  return (
    <div className="element-foot">
      {mayEdit ? (
        <Menu
          items={[
            ...(others.length === 0
              ? []
              : [
                  { label: "Is the same as" },
                  ...others.slice(0, 12).map((other) => ({
                    ...{ name: other.name, icon: <Merge /> },
                    run: () => mergeInto(other),
                  })),
                  "line" as const,
                ]),
            { name: "Remove from this film", icon: <Trash2 />, danger: true, run: remove },
          ]}
        >
          <IconButton name="More">
            <MoreHorizontal />
          </IconButton>
        </Menu>
      ) : null}
      <Button
        look="quiet"
        disabled={shotIds.length === 0}
        onClick={() => {
          selectShots([...shotIds]);
          onClose();
        }}
      >
        {shotIds.length === 0
          ? "In no shot yet"
          : `Select its ${shotIds.length === 1 ? "shot" : `${shotIds.length} shots`}`}
      </Button>
      <span className="grow" />
      {mayEdit ? <KeepInLibrary element={element} /> : null}
      <Button onClick={onClose}>Done</Button>
    </div>
  );
}
