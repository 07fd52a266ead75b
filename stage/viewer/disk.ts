import * as THREE from "three";
import { generationFiles, labelOf, readManifestJson } from "#domain/generation/manifest.ts";
import { fontFaces } from "./fonts.ts";
import { openViewer } from "./player.ts";
import { offered, type ViewerSource } from "./source.ts";

/**
 * The viewer of a package, whose files lie beside its page: on any static host, or in a folder on a disk, where pages
 * may neither fetch nor import. There, what it needs are scripts of text that it puts into the page one by one.
 */
const shelf = (window.backlot ??= {});
const files = (shelf.files ??= {});

function sourceOf(manifest: ViewerSource["manifest"]): ViewerSource {
  return {
    manifest,
    async read(name, onBytes) {
      await runScript(`data/${name}.js`, name);
      const text = files[name];
      if (text === undefined) throw new Error(`The package lacks data/${name}.js. Unpack it whole and open it again.`);
      delete files[name];
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      onBytes(bytes.byteLength);
      return bytes.buffer;
    },
    url: (name) => name,
    async splats() {
      shelf.three = THREE;
      if (shelf.spark === undefined) await runScript("splats.js", "splats.js");
      if (shelf.spark === undefined) throw new Error("What draws splats did not start.");
      return shelf.spark;
    },
    downloads: offered([
      ...manifest.files.map(({ name, label, bytes }) => ({ name, label, bytes, url: name })),
      {
        name: generationFiles.manifest,
        label: labelOf(generationFiles.manifest),
        bytes: JSON.stringify(manifest).length,
        url: generationFiles.manifest,
      },
    ]),
  };
}

function runScript(path: string, name: string): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = path;
    script.onload = () => resolve();
    script.onerror = () =>
      reject(new Error(`${name} is not beside this page. Unpack the package whole and open it again.`));
    document.head.append(script);
  });
}

const fonts = document.createElement("style");
fonts.textContent = fontFaces;
document.head.append(fonts);
shelf.viewer = openViewer(document.body, sourceOf(readManifestJson(shelf.manifest)));
