import { useMemo } from "react";
import { presencesIn, type Presence } from "#domain/elements/in-shot.ts";
import type { ElementKind } from "#domain/film/element.ts";
import { acceptElement, rejectElement } from "#domain/film/elements.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Id } from "#domain/ids.ts";
import { nameInPicture } from "#domain/prompt/people-in-shot.ts";
import { inScene } from "#domain/elements/in-shot.ts";
import { canonicalName } from "#domain/screenplay/plan/plan-cast.ts";
import { nameWords } from "#app/studio/board/shot-words.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { gesture } from "#app/studio/session/gesture.ts";
import { useFilm } from "#app/studio/session/use-film.ts";

export interface ElementChip {
  key: string;
  /** Absent: somebody of the script whom the library does not know. */
  elementId?: Id;
  name: string;
  kind: ElementKind;
  state: "in" | "suggested";
  confidence: number;
  sign: Presence["sign"];
  accept(): void;
  reject(): void;
}

/** What is in a shot's picture, then what its words hint at; a style is everywhere and is not among them. */
export function useElementChips(shot: Shot): ElementChip[] {
  const { doc, edit, undo } = useSession();
  const elements = useFilm((film) => film.elements);
  const presences = useFilm((film) =>
    presencesIn(shot, film.scenes.find((scene) => scene.id === shot.sceneId) ?? null, film.elements),
  );
  return useMemo(() => {
    const chipOf = ({ element, confidence, sign }: Presence, state: ElementChip["state"]): ElementChip => ({
      ...{ key: element.id, elementId: element.id, name: element.name, kind: element.kind, state, confidence, sign },
      accept: () => gesture(undo, () => acceptElement(doc, [shot.id], element.id, edit)),
      reject: () => gesture(undo, () => rejectElement(doc, [shot.id], element.id, edit)),
    });
    const shown = presences.shown.filter(({ element }) => element.kind !== "style");
    return [
      ...shown.map((presence) => chipOf(presence, "in")),
      ...strangersIn(shot, shown, elements),
      ...presences.suggested.map((presence) => chipOf(presence, "suggested")),
    ];
  }, [doc, edit, undo, shot, presences, elements]);
}

const nothing = () => undefined;

/** People of the shot whom the library does not know. */
function strangersIn(
  shot: Shot,
  shown: readonly Presence[],
  elements: Parameters<typeof nameInPicture>[0]["elements"],
): ElementChip[] {
  const people = shown.flatMap(({ element }) => (element.kind === "character" ? inScene(element, shot.sceneId) : []));
  const nameOf = nameInPicture({ elements }, people);
  const known = new Set(people.map(({ name }) => canonicalName(name)));
  const out = elements.filter(({ id }) => shot.elementsOut?.includes(id) === true);
  const outName = nameInPicture(
    { elements },
    out.map((element) => inScene(element, shot.sceneId)),
  );
  const gone = new Set(out.map(({ name }) => canonicalName(name)));
  return [...new Set(shot.characters)]
    .filter((name) => !known.has(nameOf(name)) && !gone.has(outName(name)))
    .map((name) => ({
      ...{ key: name, name: nameWords(name), kind: "character", state: "in", confidence: 1, sign: "name" },
      ...{ accept: nothing, reject: nothing },
    }));
}
