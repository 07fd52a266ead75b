import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { StudioError } from "#domain/errors.ts";
import { anError, callerIn, security, type Api } from "./api.ts";

/**
 * Routes whose capability no engine here offers yet. They are in the contract, check who asks, and say so with
 * `capability/missing` instead of pretending.
 */
const coming: { method: "get" | "post"; path: string; summary: string; sentence: string }[] = [
  ...(
    [
      ["post", "/episodes", "Begin an episode"],
      ["get", "/episodes", "The caller's episodes"],
      ["get", "/episodes/{id}", "One episode"],
      ["post", "/episodes/{id}/plan", "Plan an episode"],
      ["post", "/episodes/{id}/execute", "Render an episode"],
      ["post", "/episodes/{id}/terminate", "End an episode"],
    ] as const
  ).map(([method, path, summary]) => ({ method, path, summary, sentence: "No engine here plans episodes yet." })),
];

export function comingRoutes(api: Api): void {
  for (const { method, path, summary, sentence } of coming) {
    const hasId = path.includes("{id}");
    api.openapi(
      createRoute({
        method,
        path,
        summary: `${summary} (not offered by any engine here yet)`,
        security,
        request: hasId ? { params: z.object({ id: z.string().min(1).max(200) }) } : {},
        responses: { default: anError },
      }),
      (c) => {
        callerIn(c);
        throw new StudioError("capability/missing", sentence);
      },
    );
  }
}
