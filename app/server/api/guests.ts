import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { insertToken } from "#db/queries/tokens.ts";
import { ensurePersonalWorkspace } from "#db/queries/users.ts";
import { PeerColor, peerColors } from "#domain/collab/presence.ts";
import { addressHeader } from "../auth.ts";
import { newSecret } from "../secrets.ts";
import type { StudioParts } from "../studio-parts.ts";
import { answers, jsonBody, type Api } from "./api.ts";

export const UserView = z.object({
  id: z.string(),
  name: z.string(),
  color: z.string(),
  isGuest: z.boolean(),
  email: z.string().nullable(),
});

const PersonName = z.string().trim().min(1, "say a name").max(60, "a name has at most 60 letters");

/** People and programs without an account. */
export function guestRoutes(api: Api, parts: StudioParts): void {
  api.openapi(
    createRoute({
      method: "post",
      path: "/guests",
      summary: "Come in with a name: a person without an account, with a workspace of their own",
      request: jsonBody(z.object({ name: PersonName, color: PeerColor.optional() })),
      responses: answers(
        201,
        z.object({ user: UserView, workspace: z.object({ id: z.string(), name: z.string() }), token: z.string() }),
        "Signed in by cookie; the token is for programs and is shown once",
      ),
    }),
    async (c) => {
      const address = c.req.header(addressHeader) ?? "unknown";
      parts.guestLimit.take(address);
      const { name, color } = c.req.valid("json");
      const chosen = color ?? peerColors[Math.floor(Math.random() * peerColors.length)] ?? "peer-1";
      const { user, cookies } = await parts.auth.signInGuest({ name, color: chosen, address });
      const workspace = await ensurePersonalWorkspace(parts.db, user);
      const { token, hash } = newSecret("bl");
      await insertToken(parts.db, { userId: user.id, name: "made when coming in", hash });
      for (const cookie of cookies) c.header("Set-Cookie", cookie, { append: true });
      const view = { id: user.id, name: user.name, color: user.color, isGuest: true, email: null };
      return c.json({ user: view, workspace: { id: workspace.id, name: workspace.name }, token }, 201);
    },
  );
}
