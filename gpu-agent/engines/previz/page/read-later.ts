type LaterReader = {
  /**
   * Has the GPU write what is bound for reading into memory of its own: nobody waits for it but who wants the bytes.
   * @returns what waits for them and puts them into `into`. @throws Error when the GPU does not come to it
   */
  read(width: number, height: number, into: Uint8Array): () => Promise<void>;
  dispose(): void;
};

/** @param nextTurn  lets the page's other work go on; only then does a browser learn what a GPU has done meanwhile */
export function createLaterReader(gl: WebGL2RenderingContext, nextTurn: () => Promise<void>): LaterReader {
  /** Buffers that nobody waits for. */
  const idle: WebGLBuffer[] = [];
  return {
    read(width, height, into) {
      const buffer = idle.pop() ?? gl.createBuffer();
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.bufferData(gl.PIXEL_PACK_BUFFER, into.byteLength, gl.STREAM_READ);
      gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, 0);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      const written = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      return async () => {
        if (written === null) throw new Error("the GL context was lost");
        let state = gl.clientWaitSync(written, 0, 0);
        for (; state === gl.TIMEOUT_EXPIRED; state = gl.clientWaitSync(written, 0, 0)) await nextTurn();
        gl.deleteSync(written);
        if (state === gl.WAIT_FAILED) throw new Error("the GPU did not give its picture");
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
        gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, into);
        gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
        idle.push(buffer);
      };
    },
    dispose() {
      for (const buffer of idle.splice(0)) gl.deleteBuffer(buffer);
    },
  };
}
