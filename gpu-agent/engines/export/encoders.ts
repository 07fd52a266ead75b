import { gifRate, gifWidth, type ExportFormat } from "#domain/jobs/export-formats.ts";
import type { ExportRequest } from "#domain/jobs/messages/render-request.ts";
import type { PictureFormat } from "./picture.ts";
import { sampleRate } from "./sound.ts";

type Film = Extract<ExportFormat, "mp4" | "webm" | "gif">;
type Sound = Extract<ExportFormat, "wav" | "mp3">;

const quietly = ["-hide_banner", "-loglevel", "error", "-y"];
const bt709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];

/** Reads raw yuv420p pictures from its standard input, and the sound, where there is one, from a file. */
export function filmArguments(
  format: Film,
  request: ExportRequest,
  size: PictureFormat,
  sound: string | null,
  target: string,
): string[] {
  const { num, den } = request.fps;
  const raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${size.width}x${size.height}`];
  const withSound = sound === null ? [] : ["-i", sound, "-map", "0:v", "-map", "1:a"];
  const keyEvery = String(Math.max(1, Math.round((num / den) * 2)));
  return [
    ...[...quietly, ...raw, "-framerate", `${num}/${den}`, "-i", "pipe:0", ...withSound],
    ...filmCodec[format](keyEvery, num),
    ...[...labels(request), target],
  ];
}

const filmCodec: Record<Film, (keyEvery: string, timescale: number) => string[]> = {
  mp4: (keyEvery, timescale) => [
    ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", "-g", keyEvery, ...bt709],
    ...["-fps_mode", "passthrough", "-video_track_timescale", String(timescale)],
    ...["-c:a", "aac", "-b:a", "192k", "-ar", String(sampleRate), "-ac", "2", "-movflags", "+faststart"],
  ],
  webm: (keyEvery) => [
    // Constant quality; cpu-used 5 is three to four times as fast as the usual, for a few per cent more bytes.
    ...["-c:v", "libvpx-vp9", "-crf", "31", "-b:v", "0", "-deadline", "good", "-cpu-used", "5", "-row-mt", "1"],
    ...["-pix_fmt", "yuv420p", "-g", keyEvery, ...bt709, "-fps_mode", "passthrough"],
    ...["-c:a", "libopus", "-b:a", "160k", "-ar", String(sampleRate), "-ac", "2"],
  ],
  // A palette for each picture: one for all would hold the whole film in memory.
  gif: () => [
    "-filter_complex",
    `[0:v]fps=${gifRate.num}/${gifRate.den},scale='min(${gifWidth},iw)':-2:flags=lanczos,split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1`,
    ...["-loop", "0"],
  ],
};

export function soundArguments(format: Sound, request: ExportRequest, sound: string, target: string): string[] {
  const codec = format === "wav" ? ["-c:a", "pcm_s16le"] : ["-c:a", "libmp3lame", "-b:a", "192k"];
  return [
    ...quietly,
    "-nostdin",
    "-i",
    sound,
    ...codec,
    "-ar",
    String(sampleRate),
    "-ac",
    "2",
    ...labels(request),
    target,
  ];
}

/** One raw picture from its standard input. */
export function stillArguments(request: ExportRequest, size: PictureFormat, target: string): string[] {
  const raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${size.width}x${size.height}`, "-framerate", "1"];
  // What the pictures are in is not written on raw ones; PNG has RGB, and the way there differs.
  const toRgb = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgb24";
  return [...quietly, ...raw, "-i", "pipe:0", "-vf", toRgb, "-frames:v", "1", ...labels(request), target];
}

function labels({ title, engines }: ExportRequest): string[] {
  const by = engines.length === 0 ? "none" : engines.join(", ");
  return ["-metadata", `title=${title}`, "-metadata", `comment=Made with Backlot. Pictures by: ${by}`];
}
