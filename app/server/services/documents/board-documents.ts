/** The board as a file: a storyboard to print, a shot list to count with. */
import { newestThumbnails, picturesOf } from "#db/queries/board-pictures.ts";
import { listTakes } from "#db/queries/takes.ts";
import { StudioError } from "#domain/errors.ts";
import { takesByShot } from "#domain/film/playing-take.ts";
import { shotListColumns, shotListNames, shotListRows, writeCsv, type ShotListColumn } from "#domain/film/shot-list.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { resolveTake } from "#domain/film/timeline.ts";
import type { Paper } from "#domain/screenplay/pages/pages.ts";
import { fileNameOf, type MadeFile } from "../../file-answer.ts";
import type { StudioParts } from "../../studio-parts.ts";
import { makeStoryboardPdf, type ShotPicture } from "./storyboard-pdf.ts";

export const boardDocuments = ["pdf", "csv"] as const;
export type BoardDocument = (typeof boardDocuments)[number];

export interface BoardDocumentOptions {
  paper: Paper;
  columns?: readonly ShotListColumn[] | undefined;
  sceneIds?: ReadonlySet<string> | undefined;
  /** Begin with the mark by which spreadsheets know UTF-8. */
  mark: boolean;
}

export async function makeBoardDocument(
  parts: Pick<StudioParts, "db" | "store">,
  projectId: string,
  film: Film,
  format: BoardDocument,
  { paper, columns = shotListColumns, sceneIds, mark }: BoardDocumentOptions,
): Promise<MadeFile> {
  if (format === "csv") {
    const rows = [columns.map((column) => shotListNames[column]), ...shotListRows(film, columns, sceneIds)];
    return {
      name: fileNameOf(film.meta.title, "shot list", "csv"),
      contentType: "text/csv; charset=utf-8",
      bytes: new TextEncoder().encode((mark ? "\uFEFF" : "") + writeCsv(rows)),
    };
  }
  const printed = sceneIds === undefined ? film.shots : film.shots.filter(({ sceneId }) => sceneIds.has(sceneId));
  const pictureOf = await picturesOfShots(parts, projectId, printed);
  const { bytes, missingLetters } = await inTurn(() => makeStoryboardPdf(film, { paper, sceneIds, pictureOf }));
  return {
    ...{
      name: fileNameOf(film.meta.title, "storyboard", "pdf"),
      contentType: "application/pdf",
      bytes,
      missingLetters,
    },
  };
}

/** Larger ones are no posters, and a page waits for six of them. */
const mostPictureBytes = 8_000_000;
/** All of a storyboard's pictures are in memory at once. */
const mostStoryboardBytes = 256_000_000;

/** @param bytes  of each picture that is printed  @throws StudioError "request/invalid" */
export function needRoom(bytes: readonly number[]): void {
  const total = bytes.reduce((sum, each) => sum + each, 0);
  if (total <= mostStoryboardBytes) return;
  const [is, may] = [total, mostStoryboardBytes].map((each) => `${Math.ceil(each / 1e6)} MB`);
  throw new StudioError(
    "request/invalid",
    `The pictures of ${bytes.length} shots are ${is} together, and a storyboard holds ${may}. Print fewer scenes at a time.`,
  );
}

/** One storyboard is put together at a time, whoever asks: each takes as much memory as its pictures. */
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(make: () => Promise<T>): Promise<T> {
  const mine = turn.then(make);
  turn = mine.catch(() => undefined);
  return mine;
}

/** What the board shows of each shot: the poster of the take that plays, else a thumbnail. */
async function picturesOfShots(
  { db, store }: Pick<StudioParts, "db" | "store">,
  projectId: string,
  shots: Film["shots"],
): Promise<(shotId: string) => Promise<ShotPicture | null>> {
  const [takes, thumbnails] = await Promise.all([listTakes(db, projectId), newestThumbnails(db, projectId)]);
  const takesOf = takesByShot(takes);
  const assetOf = new Map(
    shots.flatMap((shot) => {
      const poster = resolveTake({}, shot, takesOf.get(shot.id) ?? [])?.posterAssetId ?? thumbnails.get(shot.id);
      return poster === undefined ? [] : [[shot.id, poster] as const];
    }),
  );
  const pictures = await picturesOf(db, projectId, [...assetOf.values()]);
  const fit = [...pictures.values()].filter(({ bytes }) => bytes <= mostPictureBytes);
  needRoom(fit.map(({ bytes }) => bytes));
  return async (shotId) => {
    const picture = pictures.get(assetOf.get(shotId) ?? "");
    if (picture === undefined || picture.bytes > mostPictureBytes) return null;
    try {
      return { contentType: picture.contentType, bytes: await store.readHead(picture.objectKey, picture.bytes) };
    } catch {
      // Its bytes are gone or on their way: the page is more use without it than not at all.
      return null;
    }
  };
}
