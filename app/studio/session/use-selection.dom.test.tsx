import { afterEach, expect, test, vi } from "vitest";
import { insertScene } from "#domain/film/board-edits.ts";
import { addClip, beginFilm } from "#domain/film/edit.ts";
import { defaultMeta } from "#domain/film/meta.ts";
import { pictureTrackId } from "#domain/film/track.ts";
import { openBoard, type OpenBoard } from "#app/studio/board/testing/open-board.tsx";
import { useInspectedShot } from "#app/studio/inspector/use-inspected-shot.ts";
import { useSelection } from "./use-selection.ts";

let here: OpenBoard;
afterEach(() => here.close());

test("a clip chosen in the cut makes its shot the one that panels speak about and that others see outlined", async () => {
  const shots: string[] = [];
  const clips: string[] = [];
  const seen: { inspected?: string | undefined; selection?: ReturnType<typeof useSelection> } = {};
  const Probe = () => {
    seen.inspected = useInspectedShot().shot?.id;
    seen.selection = useSelection();
    return null;
  };
  here = await openBoard(<Probe />, (doc, edit) => {
    beginFilm(doc, defaultMeta, edit);
    for (const [index, heading] of ["EXT. PIER - NIGHT", "INT. HUT - NIGHT"].entries()) {
      const { shotId } = insertScene(doc, { heading, durationFrames: 48 }, null, edit);
      shots.push(shotId);
      const clip = { trackId: pictureTrackId, shotId, start: 48 * index, duration: 48, in: 0 };
      clips.push(addClip(doc, clip, edit));
    }
  });
  await here.does(() => seen.selection!.selectShots([shots[0]!]));
  expect(seen.inspected).toBe(shots[0]);
  await here.does(() => seen.selection!.selectClips([clips[1]!]));
  expect(seen.inspected).toBe(shots[1]);
  expect(seen.selection).toMatchObject({ shotIds: [shots[1]], clipIds: [clips[1]] });
  await vi.waitFor(() =>
    expect(here.film.session.awareness.getLocalState()).toMatchObject({ selection: { shotIds: [shots[1]] } }),
  );
});
