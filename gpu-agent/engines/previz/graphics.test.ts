import { expect, test } from "vitest";
import { graphicsWarning } from "./graphics.ts";

const llvmpipe = "ANGLE (Mesa/X.org, llvmpipe (LLVM 15.0.6 256 bits), OpenGL ES 3.2)";
const swiftShader = "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)";
const card = "ANGLE (NVIDIA Corporation, NVIDIA H200/PCIe/SSE2, OpenGL ES 3.2)";

test("a card that draws, and llvmpipe where there is none, need no word", () => {
  expect(graphicsWarning(card, { nvidia: true })).toBe(null);
  expect(graphicsWarning(llvmpipe, { nvidia: false })).toBe(null);
});

test("a card that does not draw is named, with what it lacks", () => {
  for (const software of [llvmpipe, swiftShader])
    expect(graphicsWarning(software, { nvidia: true })).toMatch(/An NVIDIA card is here.*libegl1.*graphics,compute/);
});

test("SwiftShader is the slowest there is, which is said", () => {
  expect(graphicsWarning(swiftShader, { nvidia: false })).toMatch(/Only SwiftShader/);
});
