declare module "gltf-validator" {
  /** What the Khronos validator says of a file; severity 0 is an error, 1 a warning. */
  export type ValidationReport = {
    issues: { numErrors: number; messages: { severity: number; code: string; message: string; pointer?: string }[] };
    info: {
      totalTriangleCount: number;
      drawCallCount: number;
      animationCount: number;
      hasSkins: boolean;
      extensionsUsed: string[];
    };
  };
  export function validateBytes(bytes: Uint8Array): Promise<ValidationReport>;
}
