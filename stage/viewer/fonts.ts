import inter from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";
import italic from "@fontsource/instrument-serif/files/instrument-serif-latin-400-italic.woff2";
import upright from "@fontsource/instrument-serif/files/instrument-serif-latin-400-normal.woff2";

const face = (family: string, style: string, weight: string, url: string) =>
  `@font-face { font-family: "${family}"; font-style: ${style}; font-weight: ${weight}; font-display: swap; src: url(${url}) format("woff2"); }`;

/** The viewer's letters, which a page on a disk has from nowhere else. */
export const fontFaces = [
  face("Instrument Serif", "normal", "400", upright),
  face("Instrument Serif", "italic", "400", italic),
  face("Inter Variable", "normal", "100 900", inter),
].join("\n");
