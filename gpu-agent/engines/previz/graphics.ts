import { existsSync } from "node:fs";

/** Whether a card of NVIDIA is here whose driver answers. */
export const hasNvidia = (): boolean => existsSync("/dev/nvidia0");

/**
 * What to say of what draws, to whoever looks after this machine.
 * @param renderer  its own name
 * @returns null when nothing better is to be had
 */
export function graphicsWarning(renderer: string, card: { nvidia: boolean }): string | null {
  const name = /llvmpipe|swiftshader/i.exec(renderer)?.[0];
  if (name === undefined) return null;
  if (card.nvidia)
    return `An NVIDIA card is here, but ${name} draws previz without it, many times slower. Install libegl1 and libgles2 (Debian, Ubuntu); a container needs NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility as well.`;
  return name.toLowerCase() === "swiftshader"
    ? "Only SwiftShader is there to draw with: previz will be several times slower than with llvmpipe or a GPU."
    : null;
}
