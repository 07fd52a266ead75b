import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { deleteToken, insertToken, listTokens, type TokenRow } from "#db/queries/tokens.ts";
import { StudioError } from "#domain/errors.ts";
import { announceAccess } from "../services/access-news.ts";
import { newSecret } from "../secrets.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, ById, callerIn, Done, jsonBody, PageQuery, security, type Api } from "./api.ts";
import { IdCursor, pageOf, readCursor } from "./cursor.ts";

const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  lastUsedAt: z.string().nullable(),
  createdAt: z.string(),
});

/** Tokens of programs: each may do what its person may. */
export function tokenRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/tokens",
      summary: "Make a token for a program",
      security,
      request: jsonBody(z.object({ name: z.string().trim().min(1).max(100) })),
      responses: answers(201, TokenView.extend({ token: z.string() }), "The token is shown this once"),
    }),
    async (c) => {
      const { token, hash } = newSecret("bl");
      const row = await insertToken(parts.db, { userId: callerIn(c).userId, name: c.req.valid("json").name, hash });
      return c.json({ ...view(row), token }, 201);
    },
  );
  api.openapi(
    createRoute({
      method: "get",
      path: "/tokens",
      summary: "The caller's tokens, newest first",
      security,
      request: { query: PageQuery },
      responses: answers(
        200,
        z.object({ tokens: z.array(TokenView), cursor: z.string().optional() }),
        "A page of tokens, without their secrets",
      ),
    }),
    async (c) => {
      const { limit, cursor } = c.req.valid("query");
      const before = readCursor(IdCursor, cursor);
      const rows = await listTokens(parts.db, callerIn(c).userId, { limit: limit + 1, before });
      const { page, ...next } = pageOf(rows, limit, (last) => last.id);
      return c.json({ tokens: page.map(view), ...next }, 200);
    },
  );
  api.openapi(
    createRoute({
      method: "delete",
      path: "/tokens/{id}",
      summary: "Remove a token",
      security,
      request: { params: ById },
      responses: answers(200, Done, "It opens nothing any more"),
    }),
    async (c) => {
      const { userId } = callerIn(c);
      if (!(await deleteToken(parts.db, userId, c.req.valid("param").id))) {
        throw new StudioError("thing/not-found", "There is no such token.");
      }
      // Streams that it opened end.
      announceAccess(parts.bus, { userId });
      return c.json({ ok: true as const }, 200);
    },
  );
}

function view(row: TokenRow): z.infer<typeof TokenView> {
  return {
    id: row.id,
    name: row.name,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}
