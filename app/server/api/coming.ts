import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { StudioError } from "#domain/errors.ts";
import { projectFor } from "../access.ts";
import type { StudioParts } from "../studio-parts.ts";
import { anError, callerIn, security, type Api } from "./api.ts";

/**
 * Routes whose capability no engine here offers yet. They are in the contract, check who asks, and say so with
 * `capability/missing` instead of pretending.
 */
const coming: { method: "get" | "post" | "delete"; path: string; summary: string; sentence: string }[] = [
  {
    method: "post",
    path: "/projects/{id}/images",
    summary: "Make a picture from words",
    sentence: "No engine here makes single pictures from words yet.",
  },
  ...["segment", "segment-text", "detect", "inpaint"].map((name) => ({
    method: "post" as const,
    path: `/projects/{id}/edit/${name}`,
    summary: `Picture editing: ${name}`,
    sentence: "No engine here edits pictures yet.",
  })),
  ...(
    [
      ["post", "/generations", "A whole scene from one sentence"],
      ["get", "/generations/{id}/status", "How a generation is getting on"],
      ["get", "/generations/{id}/result", "What a generation made"],
      ["post", "/generations/{id}/cancel", "End a generation"],
    ] as const
  ).map(([method, path, summary]) => ({
    method,
    path,
    summary,
    sentence: "No engine here makes whole scenes from one sentence yet.",
  })),
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
  ...(
    [
      ["post", "/webhooks", "Be called when something happens"],
      ["get", "/webhooks", "The caller's webhooks"],
      ["delete", "/webhooks/{id}", "Remove a webhook"],
    ] as const
  ).map(([method, path, summary]) => ({
    method,
    path,
    summary,
    sentence: "This studio sends no webhooks yet. Follow GET /v1/projects/:id/events instead.",
  })),
];

export function comingRoutes(api: Api, parts: StudioParts): void {
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
      async (c) => {
        const caller = callerIn(c);
        if (path.startsWith("/projects/")) await projectFor(parts, caller, c.req.param("id") ?? "", "edit");
        throw new StudioError("capability/missing", sentence);
      },
    );
  }
}
