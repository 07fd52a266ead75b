import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";

const longestRenderMs = 5000;
/** Remix gives up on deferred data a little after this; rendering must outlast it. */
export const streamTimeout = longestRenderMs;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  // Robots get the page whole, people get it as soon as its frame is there.
  const whole = isbot(request.headers.get("user-agent") ?? "");
  return new Promise((resolve, reject) => {
    let isShellOut = false;
    let answerStatus = status;
    const answer = () => {
      isShellOut = true;
      const body = new PassThrough();
      headers.set("content-type", "text/html; charset=utf-8");
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answerStatus }));
      pipe(body);
    };
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={remixContext} url={request.url} />, {
      [whole ? "onAllReady" : "onShellReady"]: answer,
      onShellError: reject,
      onError(error: unknown) {
        answerStatus = 500;
        // A failure after the frame went out shows in the page's own error boundary.
        if (!isShellOut) reject(error instanceof Error ? error : new Error(String(error)));
      },
    });
    setTimeout(abort, longestRenderMs + 1000);
  });
}
