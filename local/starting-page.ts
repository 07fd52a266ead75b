import type { ServerResponse } from "node:http";

/** Answers while the app is not there yet or just restarts: a page that comes back by itself, or JSON for programs. */
export function answerStarting(response: ServerResponse, url: string): void {
  const isProgram = url.startsWith("/v1/") || url.startsWith("/readyz") || url.startsWith("/healthz");
  const body = isProgram ? json : page;
  response.writeHead(503, {
    "content-type": isProgram ? "application/json" : "text/html; charset=utf-8",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "retry-after": "1",
  });
  response.end(body);
}

const json = JSON.stringify({
  error: { code: "service/unavailable", message: "The studio is starting. Try again in a moment." },
  status: "starting",
});

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="1">
<meta name="color-scheme" content="dark">
<title>Backlot is starting</title>
<style>
  body { margin: 0; height: 100vh; display: grid; place-items: center; background: #0e0f12; color: #c9ccd3; font: 15px/1.6 system-ui, sans-serif; }
</style>
<p role="status">Backlot is starting. This page opens by itself.</p>
</html>
`;
