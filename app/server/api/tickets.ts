import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { signTicket } from "#bus/ticket-mac.ts";
import { Role } from "#domain/collab/access.ts";
import { ticketLifeSeconds } from "#domain/collab/ticket.ts";
import { documentIdOf } from "#domain/ids.ts";
import { filmFor } from "../access.ts";
import { originOf, socketOrigin } from "../request-origin.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, security, type Api } from "./api.ts";

const TicketView = z.object({
  url: z.string(),
  documentId: z.string(),
  ticket: z.string(),
  role: Role,
  expiresAt: z.string(),
});

export function ticketRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/projects/{id}/ticket",
      summary: "A pass to open the film's document with any y-websocket client",
      security,
      request: { params: ById },
      responses: answers(200, TicketView, "`new WebsocketProvider(url, documentId, doc, { params: { ticket } })`"),
    }),
    async (c) => {
      const caller = callerIn(c);
      const project = await filmFor(parts, caller, c.req.valid("param").id, "read");
      const documentId = documentIdOf(project.id);
      const exp = Math.floor(parts.now() / 1000) + ticketLifeSeconds;
      const ticket = signTicket({ userId: caller.userId, name: caller.name, documentId, exp }, parts.env.sessionSecret);
      const url = parts.env.collabUrl ?? `${socketOrigin(originOf(c.req.raw, parts.env))}/collab`;
      return c.json(
        { url, documentId, ticket, role: project.role, expiresAt: new Date(exp * 1000).toISOString() },
        200,
      );
    },
  );
}
