/** What draws, in the words of its driver: "ANGLE (NVIDIA …)", "… llvmpipe …". */
export function rendererName(gl: WebGLRenderingContext | WebGL2RenderingContext): string {
  const names = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL));
}

/** @returns true for llvmpipe, SwiftShader and their like: no GPU */
export const isSoftware = (name: string): boolean => /llvmpipe|swiftshader|softpipe|software|basic render/i.test(name);
