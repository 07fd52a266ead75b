import type { HonoRequest, MiddlewareHandler } from "hono";
import type { StudioError } from "#domain/errors.ts";
import type { ApiEnv } from "./api.ts";
import { checkJsonText } from "./json-text.ts";

/** Past this we stop being polite and let the line be cut. */
const mostDrained = 64_000_000;

/**
 * Reads the body, at most `maxBytes` of it. More is refused, but only once the rest has been read and thrown away:
 * a browser that is still sending when the answer comes sees a broken line instead of the answer.
 */
export function bodyLimit(
  maxBytes: number,
  refusal: () => StudioError,
  checkJson: (bytes: Uint8Array) => void = checkJsonText,
): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const { body } = c.req.raw;
    const isJson = c.req.header("content-type")?.includes("json") === true;
    if (body === null) {
      if (isJson) keep(c.req, noFields());
      return next();
    }
    if (Number(c.req.header("content-length") ?? 0) > mostDrained) throw refusal();
    const chunks: Uint8Array[] = [];
    let count = 0;
    for (const reader = body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      count += value.byteLength;
      if (count <= maxBytes) chunks.push(value);
      else chunks.length = 0;
      if (count > mostDrained) throw refusal();
    }
    if (count > maxBytes) throw refusal();
    const bytes = Buffer.concat(chunks);
    if (isJson) checkJson(bytes);
    keep(
      c.req,
      count === 0 && isJson ? noFields() : bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
    );
    return next();
  };
}

/** Many clients say JSON and send nothing when there is nothing to say. */
function noFields(): ArrayBuffer {
  return new TextEncoder().encode("{}").buffer;
}

/**
 * Puts the body where Hono keeps one that was read already; json(), text() and arrayBuffer() start from it. It keeps
 * promises there, whatever the type says.
 */
function keep(request: HonoRequest, bytes: ArrayBuffer): void {
  request.bodyCache.arrayBuffer = Promise.resolve(bytes) as unknown as ArrayBuffer;
}
