/** Focal lengths as people write them. */
import { gate } from "#domain/screenplay/lens.ts";

/** The same number sees more or less on another camera. */
export const lensHint = `On a super-35 camera, whose picture is ${gate.width} by ${gate.height} mm`;

/** `35`, `35 mm`; empty: none. @returns "wrong" for what is no lens of 8 to 400 mm */
export function readLens(text: string): { lens: number | undefined } | "wrong" {
  const said = text.trim();
  if (said === "") return { lens: undefined };
  const length = Number(/^(\d+(?:[.,]\d+)?)\s*(?:mm)?$/i.exec(said)?.[1]?.replace(",", ".") ?? Number.NaN);
  return length >= 8 && length <= 400 ? { lens: length } : "wrong";
}
