import { expect, test } from "vitest";
import { isSoftware } from "./renderer-name.ts";

test("renderers without a GPU are known by their names", () => {
  for (const name of [
    "ANGLE (Mesa/X.org, llvmpipe (LLVM 15.0.6 256 bits), OpenGL ES 3.2)",
    "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)",
    "ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)",
  ])
    expect(isSoftware(name), name).toBe(true);
  for (const name of [
    "ANGLE (NVIDIA Corporation, NVIDIA H200/PCIe/SSE2, OpenGL ES 3.2)",
    "ANGLE (Apple, ANGLE Metal Renderer: Apple M2, Unspecified Version)",
    "Mali-G78",
  ])
    expect(isSoftware(name), name).toBe(false);
});
