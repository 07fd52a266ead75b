/** Sounds decoded once per asset, and their outlines for drawing. */
import type { Id } from "#domain/ids.ts";
import { StudioError } from "#domain/errors.ts";
import { measurePeaks, type Peaks } from "./peaks.ts";

const buffers = new Map<Id, Promise<AudioBuffer>>();
const outlines = new Map<Id, Promise<Peaks>>();

/** The sound of an asset. A failure is not kept: the next call tries again. */
export function soundOf(assetId: Id): Promise<AudioBuffer> {
  return kept(buffers, assetId, async () => {
    const response = await fetch(`/v1/assets/${assetId}`, { credentials: "same-origin" });
    if (!response.ok) throw new StudioError("service/unavailable", "The sound could not be loaded.");
    return decodeSound(await response.arrayBuffer());
  });
}

/** Loudness over time of an asset, for its waveform. */
export function peaksOf(assetId: Id): Promise<Peaks> {
  return kept(outlines, assetId, async () => measurePeaks(await soundOf(assetId)));
}

/** Puts a sound that was decoded elsewhere (an upload) into the bank, so that it is not fetched again. */
export function keepSound(assetId: Id, buffer: AudioBuffer): void {
  buffers.set(assetId, Promise.resolve(buffer));
}

/**
 * Decodes a whole file. Works before any click, because an offline context needs none.
 * @throws StudioError asset/type-mismatch when the browser can't read it as sound
 */
export async function decodeSound(bytes: ArrayBuffer): Promise<AudioBuffer> {
  const decoder = new OfflineAudioContext({ numberOfChannels: 2, length: 1, sampleRate: 48_000 });
  try {
    return await decoder.decodeAudioData(bytes);
  } catch (cause) {
    throw new StudioError("asset/type-mismatch", "This file can't be read as sound.", { cause });
  }
}

function kept<T>(map: Map<Id, Promise<T>>, id: Id, make: () => Promise<T>): Promise<T> {
  const known = map.get(id);
  if (known) return known;
  const made = make();
  map.set(id, made);
  made.catch(() => {
    if (map.get(id) === made) map.delete(id);
  });
  return made;
}
