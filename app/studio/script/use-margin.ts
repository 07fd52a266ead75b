import { useCallback, useEffect, type RefObject } from "react";
import type { Id } from "#domain/ids.ts";
import { linesOfShot, shotsAtLine } from "#domain/screenplay/reparse/places.ts";
import { pictureClipAt } from "#app/studio/player/use-under-playhead.ts";
import { transport } from "#app/studio/session/transport.ts";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";
import { useProposalSlice } from "#app/studio/session/use-live-proposal.ts";
import { useSelection } from "#app/studio/session/use-selection.ts";
import type { ScriptEditor } from "./script-editor.ts";
import { shotMarks } from "./shot-marks.ts";

/**
 * Keeps the margin of the page in step with board and playhead.
 * @returns what a click on a line and on a shot's name does: it is selected, and the playhead goes to it
 */
export function useMargin(editor: RefObject<ScriptEditor | null>) {
  const readFilm = useReadFilm();
  const places = useProposalSlice((live) => live?.places ?? null);
  const shots = useFilm((film) => film.shots);
  const { shotIds, selectShots } = useSelection();

  useEffect(() => {
    if (places) editor.current?.setMarks(shotMarks(places, shots, shotIds));
  }, [editor, places, shots, shotIds]);

  useEffect(() => {
    if (!places) return undefined;
    let last: string | undefined;
    const show = () => {
      const shotId = pictureClipAt(readFilm(), transport.frame)?.shotId;
      const key = `${shotId} ${transport.playing}`;
      if (key === last) return;
      last = key;
      editor.current?.setPlaying(shotId ? linesOfShot(places, shotId) : null, transport.playing);
    };
    show();
    return transport.subscribe(show);
  }, [editor, places, readFilm]);

  const onShots = useCallback(
    (ids: Id[]) => {
      if (ids.length === 0) return;
      selectShots(ids);
      const clip = readFilm().clips.find(({ shotId }) => shotId === ids[0]);
      if (clip && !transport.playing) transport.setFrame(clip.start);
    },
    [readFilm, selectShots],
  );
  const onLine = useCallback((line: number) => onShots(places ? shotsAtLine(places, line) : []), [places, onShots]);
  return { onLine, onShots };
}
