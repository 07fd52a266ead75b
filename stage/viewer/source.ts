import { generationFiles, type GenerationManifest } from "#domain/generation/manifest.ts";

/** Where a viewer has its scene from: a server, or the folder of a package. */
export type ViewerSource = {
  manifest: GenerationManifest;
  /**
   * The bytes of a file that the manifest names.
   * @param onBytes  told how many have come so far
   * @param signal  ends it, when nobody wants it any more
   * @throws Error with a sentence for people
   */
  read(name: string, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<ArrayBuffer>;
  /** Where the browser itself finds a file: for pictures, for the film, for keeping it. */
  url(name: string): string;
  /** What there is to keep, in the order in which it is offered. */
  downloads: readonly ViewerDownload[];
  /** The address of the scene's own page, to be passed on; a folder on a disk has none. */
  link?: string;
  /** Loads what draws splats; absent where it does not come along. */
  splats?: () => Promise<typeof import("@sparkjsdev/spark")>;
};

export type ViewerDownload = { name: string; label: string; bytes: number; url: string };

/** What people want before what programs want. */
const first: readonly string[] = [generationFiles.package, generationFiles.film, generationFiles.poster];
const rank = ({ name }: ViewerDownload) => (first.includes(name) ? first.indexOf(name) : first.length);

/** @returns in the order in which they are offered */
export function offered(downloads: readonly ViewerDownload[]): ViewerDownload[] {
  return downloads.toSorted((a, b) => rank(a) - rank(b));
}
