import { readdirSync } from "node:fs";
import { isSoftware } from "#stage/look/renderer-name.ts";

/** Whether a card of NVIDIA was given to this machine, or to this container. */
export function hasNvidia(): boolean {
  try {
    return readdirSync("/dev").some((name) => /^nvidia\d+$/.test(name));
  } catch {
    return false;
  }
}

/**
 * What to say of what draws, to whoever looks after this machine.
 * @param renderer  its own name
 * @returns null when nothing better is to be had
 */
export function graphicsWarning(renderer: string, card: { nvidia: boolean }): string | null {
  if (!isSoftware(renderer)) return null;
  const name = /llvmpipe|swiftshader|softpipe/i.exec(renderer)?.[0] ?? "the processor";
  if (card.nvidia)
    return `An NVIDIA card is here, but ${name} draws previz without it, many times slower. Install libegl1 and libgles2 (Debian, Ubuntu); a container needs NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility as well.`;
  return name.toLowerCase() === "swiftshader"
    ? "Only SwiftShader is there to draw with: previz will be several times slower than with llvmpipe or a GPU."
    : null;
}
