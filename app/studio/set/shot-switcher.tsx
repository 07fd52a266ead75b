import { ChevronLeft, ChevronRight } from "lucide-react";
import { memo } from "react";
import { shareStructure } from "#domain/share-structure.ts";
import { useFilm, useReadFilm } from "#app/studio/session/use-film.ts";
import { useSelectActions } from "#app/studio/session/use-selection.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { Select } from "#app/ui/select.tsx";
import { shotBeside, shotChoices } from "./shot-choices.ts";

/** From shot to shot without leaving the set: the ones beside it, and a menu of those round it. */
export const ShotSwitcher = memo(function ShotSwitcher({ shotId }: { shotId: string }) {
  const { selectShots } = useSelectActions();
  const step = useStepShot(shotId);
  const { options, isFirst, isLast } = useFilm(
    (film) => ({
      options: shotChoices(film, shotId),
      isFirst: shotBeside(film.shots, shotId, -1) === null,
      isLast: shotBeside(film.shots, shotId, 1) === null,
    }),
    (a, b) => shareStructure(a, b) === a,
  );
  return (
    <div className="shot-switcher" role="group" aria-label="Shots">
      <IconButton name="Previous shot" shortcut="PageUp" size="small" disabled={isFirst} onClick={() => step(-1)}>
        <ChevronLeft className="small" />
      </IconButton>
      <Select
        label="Shot in the set"
        look="quiet"
        value={shotId}
        options={options}
        onChange={(id) => selectShots([id])}
      />
      <IconButton name="Next shot" shortcut="PageDown" size="small" disabled={isLast} onClick={() => step(1)}>
        <ChevronRight className="small" />
      </IconButton>
    </div>
  );
});

/** @returns goes so many shots on; at the film's ends it stays */
export function useStepShot(shotId: string): (by: number) => void {
  const readFilm = useReadFilm();
  const { selectShots } = useSelectActions();
  return (by) => {
    const next = shotBeside(readFilm().shots, shotId, by);
    if (next) selectShots([next.id]);
  };
}
