import { join } from "node:path";
import type { PassName } from "#domain/jobs/passes.ts";
import { EngineError } from "../engine.ts";
import { encodeVideo, isQuickAt, type Encoder } from "./encode.ts";
import { bytesOf, isExact, layoutFor } from "./pixels.ts";

export type PassFilms = {
  /** Takes what comes of a picture; all of one before the next. @returns whether the frame is whole in all its passes */
  take(part: { index: number; pass: PassName; data: Buffer }): Promise<boolean>;
  /** How many frames are whole. */
  readonly frames: number;
  end(): Promise<void>;
  kill(): Promise<void>;
  pathOf(pass: PassName): string;
};

export type PassFilmOptions = {
  ffmpegPath: string;
  folder: string;
  /** What people see first, in the order in which they come. */
  passes: readonly PassName[];
  width: number;
  height: number;
  fps: { num: number; den: number };
  label: Record<string, string>;
  /** A chunk of a longer film. */
  isChunk: boolean;
};

/** The films of one run, each with an encoder of its own. */
export function openPassFilms(options: PassFilmOptions): PassFilms {
  const { folder, passes, width, height, isChunk } = options;
  const pathOf = (pass: PassName) => join(folder, fileOf(pass, isChunk));
  const films = new Map<PassName, { encoder: Encoder; size: number }>();
  for (const pass of passes) {
    const pictures = layoutFor(pass, width, height);
    const encoder = encodeVideo({
      ...options,
      path: pathOf(pass),
      pictures,
      isLossless: isChunk,
      isExact: isExact(pass),
      isQuick: isQuickAt(height),
    });
    films.set(pass, { encoder, size: bytesOf(pictures, width, height) });
  }
  // Where the next byte belongs.
  let at = { index: 0, place: 0, bytes: 0 };

  return {
    async take({ index, pass, data }) {
      const film = films.get(pass);
      if (film === undefined || index !== at.index || pass !== passes[at.place])
        throw new EngineError("retryable", `picture ${index} of "${pass}" came instead of ${at.index}`);
      at.bytes += data.byteLength;
      if (at.bytes < film.size) {
        film.encoder.push(data);
        return false;
      }
      if (at.bytes > film.size) throw new EngineError("retryable", `picture ${index} of "${pass}" is too large`);
      await film.encoder.write(data);
      const isWhole = at.place + 1 === passes.length;
      at = isWhole ? { index: index + 1, place: 0, bytes: 0 } : { index, place: at.place + 1, bytes: 0 };
      return isWhole;
    },
    get frames() {
      return at.index;
    },
    async end() {
      await Promise.all([...films.values()].map(({ encoder }) => encoder.end()));
    },
    async kill() {
      await Promise.all([...films.values()].map(({ encoder }) => encoder.kill()));
    },
    pathOf,
  };
}

function fileOf(pass: PassName, isChunk: boolean): string {
  if (pass !== "beauty") return isChunk || isExact(pass) ? `${pass}.mkv` : `${pass}.mp4`;
  return isChunk ? "chunk.mkv" : "previz.mp4";
}
