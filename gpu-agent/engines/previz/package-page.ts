import type { GenerationManifest } from "#domain/generation/manifest.ts";
import { generationFiles } from "#domain/generation/manifest.ts";
import { titleOf } from "#domain/generation/title.ts";

/** Files that a package's page plays, as scripts beside it: a page on a disk may load nothing else. */
export const playedFiles: ReadonlySet<string> = new Set([
  ...[generationFiles.scene, generationFiles.character, generationFiles.timeline, generationFiles.plan],
  generationFiles.background,
  ...[generationFiles.mp3, generationFiles.musicMp3, generationFiles.ambienceMp3, generationFiles.effectsMp3],
]);

export const playedPath = (name: string) => `data/${name}.js`;

/** The script that puts a file onto the page's shelf, in front of and behind its bytes in base64. */
export const playedScript = (name: string) => [`backlot.files[${JSON.stringify(name)}]="`, '";\n'] as const;

/** The stage door, so that no host is asked for another. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23ececec' stroke-width='2'%3E%3Cpath d='M4 20V9.5L12 4l8 5.5V20z' fill='%231a1a1a'/%3E%3Cpath d='M9 20v-6.5h6V20' fill='%23f2b24c' stroke='none'/%3E%3C/svg%3E";

/** @returns the page that plays a package, as HTML */
export function packagePage(manifest: GenerationManifest): string {
  const title = escaped(titleOf(manifest.prompt));
  // "<" would end the script it stands in.
  const shelf = JSON.stringify({ manifest, files: {} }).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${title}</title>
<meta name="robots" content="noindex">
<link rel="icon" href="${icon}">
<meta property="og:title" content="${title}">
${manifest.poster === null ? "" : `<meta property="og:image" content="${escaped(manifest.poster)}">\n`}<style>html, body { margin: 0; height: 100%; background: #0b0b0b; color: #ececec; }</style>
</head>
<body>
<noscript><p style="padding: 24px; font: 16px/1.5 system-ui, sans-serif">This page plays its scene with JavaScript, which is off here. The film is <a style="color: inherit" href="${generationFiles.film}">${generationFiles.film}</a>.</p></noscript>
<script>window.backlot = ${shelf};</script>
<script src="player.js"></script>
</body>
</html>
`;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** What somebody reads who unpacks it. */
export function packageReadme(manifest: GenerationManifest): string {
  const files = manifest.files.map(({ name, label }) => `  ${name.padEnd(20)}${label}`).join("\n");
  return `${titleOf(manifest.prompt)}

Open index.html to see it: from this folder, or from any web server that you copy the folder to.

Made from one sentence by Backlot's built-in engine, to plan a film with ("previz"). Seed ${manifest.seed}.

${files}
`;
}
