/** Reads a film's script against its board again and again, and does only what changed since. */
import type * as Y from "yjs";
import type { FilmMeta } from "#domain/film/meta.ts";
import { readFilm, type Film } from "#domain/film/snapshot.ts";
import type { FrameRate } from "#domain/time.ts";
import { breakDown, type Breakdown, type ParseMode } from "#domain/screenplay/breakdown.ts";
import { noModelReadings } from "#domain/screenplay/breakdown/known-passages.ts";
import { modelReadingsOf } from "#domain/screenplay/breakdown/model-readings.ts";
import { changedLinesOf, placesOf, type ChangedLines, type ScriptPlaces } from "./places.ts";
import { proposeFrom, type Proposal } from "./proposal.ts";
import { sceneSourceOf } from "./sources.ts";

/** What the script would make of the board now. Plain data. */
export interface LiveProposal extends Pick<Breakdown, "parser" | "mode"> {
  proposal: Proposal;
  places: ScriptPlaces;
  changedLines: ChangedLines[];
  /** The script was put on the board once, and says something else by now. */
  differs: boolean;
}

export class LiveReading {
  readonly #doc: Y.Doc;
  #last: { film: Film; breakdown: Breakdown; live: LiveProposal; usesBoard: boolean } | null = null;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  read(): LiveProposal {
    const film = readFilm(this.#doc);
    const last = this.#last;
    const isSameScript =
      last?.film.screenplay === film.screenplay &&
      last.film.meta.fps === film.meta.fps &&
      last.film.meta.readAs === film.meta.readAs;
    if (last && isSameScript && boardLists.every((name) => last.film[name] === film[name])) return last.live;
    // What a language model read is on the board: of such a film the reading follows the board, too.
    const known = modelReadingsOf(film);
    const isKnown = last !== null && isSameScript && known === noModelReadings && !last.usesBoard;
    const breakdown = isKnown ? last.breakdown : breakDown(film.screenplay, { ...readingOptions(film.meta), known });
    const live = liveProposal(film, breakdown);
    this.#last = { film, breakdown, live, usesBoard: known !== noModelReadings };
    return live;
  }
}

/** How the people of a film have its script read. */
export function readingOptions({ fps, readAs }: Pick<FilmMeta, "fps" | "readAs">): { fps: FrameRate; mode: ParseMode } {
  return { fps, mode: readAs ?? "auto" };
}

const boardLists = ["scenes", "shots", "asideScenes", "asideShots", "committedScenes"] as const;

export function liveProposal(film: Film, breakdown: Breakdown): LiveProposal {
  const proposal = proposeFrom(film, breakdown);
  const wasCommitted = [...film.scenes, ...film.asideScenes].some((scene) => sceneSourceOf(scene) !== null);
  return {
    parser: breakdown.parser,
    mode: breakdown.mode,
    proposal,
    places: placesOf(proposal.scenes),
    changedLines: changedLinesOf(proposal),
    differs: wasCommitted && proposal.changes.length > 0,
  };
}
