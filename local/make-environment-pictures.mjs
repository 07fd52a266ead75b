/**
 * Writes stage/look/environment-pictures.ts: the skies and rooms of @pmndrs/assets (CC0) as small pictures of light, so
 * that the stage has them at once wherever it runs, without a second to unpack each. `node local/make-environment-pictures.mjs`
 */
import { writeFile } from "node:fs/promises";
import { FloatType } from "three";
import { EXRLoader } from "three/addons/loaders/EXRLoader.js";

const names = ["night", "sunset", "dawn", "sky", "city", "forest", "apartment", "lobby", "warehouse", "studio"];
const [width, height] = [64, 32];
/** A sun of ten thousand would leave one white dot in every reflection. */
const brightest = 40;

const out = [];
for (const name of names) {
  const { default: url } = await import(`@pmndrs/assets/hdri/${name}.exr.js`);
  const file = Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
  const picture = new EXRLoader()
    .setDataType(FloatType)
    .parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
  out.push(`  ${name}: "${encode(smaller(picture)).toString("base64")}",`);
}
await writeFile(
  new URL("../stage/look/environment-pictures.ts", import.meta.url),
  `// Made by local/make-environment-pictures.mjs from @pmndrs/assets (CC0).

/** Size of every picture: all round by half round, the lowest row first. */
export const pictureSize = { width: ${width}, height: ${height} } as const;

/** RGBE, four bytes a point, in base64. */
export const environmentPictures = {
${out.join("\n")}
} as const;
`,
);

/** The mean of what falls into each point. */
function smaller({ data, width: fromWidth, height: fromHeight }) {
  const [across, up] = [fromWidth / width, fromHeight / height];
  const channels = data.length / fromWidth / fromHeight;
  const points = new Float32Array(width * height * 3);
  for (let y = 0; y < fromHeight; y += 1)
    for (let x = 0; x < fromWidth; x += 1)
      for (let c = 0; c < 3; c += 1)
        points[(Math.floor(y / up) * width + Math.floor(x / across)) * 3 + c] +=
          Math.min(brightest, data[(y * fromWidth + x) * channels + c]) / across / up;
  return points;
}

/** Three bytes with one exponent. */
function encode(points) {
  const bytes = Buffer.alloc(width * height * 4);
  for (let i = 0; i < width * height; i += 1) {
    const most = Math.max(points[i * 3], points[i * 3 + 1], points[i * 3 + 2], 1e-9);
    const exponent = Math.ceil(Math.log2(most));
    for (let c = 0; c < 3; c += 1)
      bytes[i * 4 + c] = Math.min(255, Math.round((points[i * 3 + c] / 2 ** exponent) * 255));
    bytes[i * 4 + 3] = exponent + 128;
  }
  return bytes;
}
