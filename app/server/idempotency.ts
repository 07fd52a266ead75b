import { createHash } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { claimKey, keepAnswer, releaseKey } from "#db/queries/idempotency.ts";
import { StudioError } from "#domain/errors.ts";
import type { ApiEnv } from "./api/api.ts";
import { openAnswer, sealAnswer } from "./sealed-answer.ts";
import type { StudioParts } from "./studio-parts.ts";

/**
 * A POST with an `Idempotency-Key` happens once: its repeat gets the first answer. Faults of ours and answers that ask
 * to come back later are not kept, so that a repeat can do better.
 */
export function idempotency(parts: Pick<StudioParts, "db" | "env">): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    const caller = c.get("caller");
    if (c.req.method !== "POST" || key === undefined || caller === null) return next();
    if (key.length < 1 || key.length > 200)
      throw new StudioError("request/invalid", "Idempotency-Key: 1 to 200 letters");
    const body = await c.req.arrayBuffer();
    const requestHash = createHash("sha256")
      .update(`${c.req.method} ${c.req.path}${new URL(c.req.url).search}\n`)
      .update(new Uint8Array(body))
      .digest("hex");
    const claim = await claimKey(parts.db, caller.userId, key, requestHash);
    switch (claim.status) {
      case "done":
        c.header("Idempotent-Replay", "true");
        c.res = Response.json(openAnswer(claim.response, parts.env.sessionSecret), {
          status: claim.httpStatus,
          headers: { "idempotent-replay": "true" },
        });
        return;
      case "running":
        throw new StudioError("thing/conflict", "The first request with this Idempotency-Key is still at work.");
      case "other-request":
        throw new StudioError("thing/conflict", "This Idempotency-Key was used for another request.");
      case "new":
        break;
    }
    await next();
    const isJson = c.res.headers.get("content-type")?.includes("application/json") === true;
    if (isJson && c.res.status < 500 && c.res.status !== 429 && c.error === undefined) {
      const answer = sealAnswer(await c.res.clone().json(), parts.env.sessionSecret);
      await keepAnswer(parts.db, caller.userId, key, c.res.status, answer);
    } else {
      await releaseKey(parts.db, caller.userId, key);
    }
  };
}
