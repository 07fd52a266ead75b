import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { anonymous } from "better-auth/plugins/anonymous";
import type { Logger } from "pino";
import { schema, type Db } from "#db/client.ts";
import { findTokenUser, touchToken } from "#db/queries/tokens.ts";
import { changeUser, ensurePersonalWorkspace, findUser, moveWork, type UserRow } from "#db/queries/users.ts";
import { StudioError } from "#domain/errors.ts";
import { originOf, type OriginRules } from "./request-origin.ts";
import { storable } from "#domain/storable-text.ts";
import { createRateCounts } from "./rate-limit.ts";
import { hashSecret } from "./secrets.ts";

/** Who asks, and how they proved it. A cookie rides along by itself, so it needs the origin check; a token does not. */
export interface Caller {
  userId: string;
  name: string;
  color: string;
  isGuest: boolean;
  email: string | null;
  by: "cookie" | "token";
}

export interface StudioAuth {
  /** Answers `/auth/*`: sign-up, sign-in, sign-out, session. */
  handle(request: Request): Promise<Response>;
  /** @throws StudioError "auth/required" for a bearer token that is not valid; no credentials at all are null */
  whoAsks(headers: Headers): Promise<Caller | null>;
  /** Makes a person without an account. @returns the `Set-Cookie` headers that sign them in */
  signInGuest(want: { name: string; color: string; address: string }): Promise<{ user: UserRow; cookies: string[] }>;
}

export interface AuthOptions extends OriginRules {
  db: Db;
  secret: string;
  log: Logger;
  /** Told when a guest's work became an account's. */
  onMoved: (userId: string) => void;
}

/** Set by us from the socket, never taken from outside. */
export const addressHeader = "x-backlot-address";

export function createAuth(options: AuthOptions): StudioAuth {
  const { db, log } = options;
  const auth = createBetterAuth(options);

  const bySession = async (headers: Headers): Promise<Caller | null> => {
    if (!headers.has("cookie")) return null;
    const found = await auth.api.getSession({ headers });
    if (found === null) return null;
    const user = await findUser(db, found.user.id);
    return user === null ? null : callerOf(user, "cookie");
  };
  const byToken = async (token: string): Promise<Caller> => {
    const found = await findTokenUser(db, hashSecret(token));
    if (found === null) throw new StudioError("auth/required", "This token is not valid, or was removed.");
    touchToken(db, found.tokenId, new Date()).catch((error: unknown) =>
      log.warn({ err: error }, "could not note the use of a token"),
    );
    return callerOf(found.user, "token");
  };

  return {
    handle: async (request) => sayWhenToRetry(await auth.handler(request)),
    async whoAsks(headers) {
      const bearer = /^Bearer\s+(\S+)$/i.exec(headers.get("authorization") ?? "");
      if (bearer?.[1] !== undefined) return byToken(bearer[1]);
      if (headers.has("authorization")) throw new StudioError("auth/required", "Say Authorization: Bearer <token>.");
      return bySession(headers);
    },
    async signInGuest(want) {
      const { headers, response } = await auth.api.signInAnonymous({
        headers: new Headers({ [addressHeader]: want.address }),
        returnHeaders: true,
      });
      const user = await changeUser(db, response.user.id, { name: want.name, color: want.color });
      if (user === null) throw new Error("a guest who is gone at once");
      return { user, cookies: headers.getSetCookie() };
    },
  };
}

/** The library says it in a header of its own and without a code. */
async function sayWhenToRetry(response: Response): Promise<Response> {
  if (response.status !== 429) return response;
  const retryAfterSeconds = Number(response.headers.get("x-retry-after") ?? 60);
  const message = `Too many tries from here. Try again in ${retryAfterSeconds} s.`;
  const error = { code: "rate/limited", message, details: { retryAfterSeconds } };
  return Response.json(
    { code: error.code, message, error },
    { status: 429, headers: { "retry-after": String(retryAfterSeconds) } },
  );
}

/** Names go into tickets, labels and titles: one short line, whichever way they came. */
function tidyName<T extends { name?: unknown }>(user: T): { data: T } {
  if (typeof user.name !== "string") return { data: user };
  const name = storable(user.name).replace(/\s+/g, " ").trim().slice(0, 60);
  return { data: { ...user, name: storable(name) || "Somebody" } };
}

export function callerOf(user: UserRow, by: Caller["by"]): Caller {
  return {
    userId: user.id,
    name: user.name,
    color: user.color,
    isGuest: user.isAnonymous,
    email: user.isAnonymous ? null : user.email,
    by,
  };
}

function createBetterAuth(options: AuthOptions) {
  const { db, log } = options;
  const tries = createRateCounts(Date.now);
  return betterAuth({
    appName: "Backlot",
    baseURL: options.publicUrl,
    basePath: "/auth",
    secret: options.secret,
    telemetry: { enabled: false },
    database: drizzleAdapter(db, { provider: "pg", usePlural: true, schema, transaction: true }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 200, autoSignIn: true },
    user: { additionalFields: { color: { type: "string", required: false, defaultValue: "peer-1", input: false } } },
    session: { expiresIn: 60 * 60 * 24 * 60, updateAge: 60 * 60 * 24 },
    // The host a request came to is trusted with itself; that is what same-origin means here.
    trustedOrigins: (request) => (request === undefined ? [] : [originOf(request, options)]),
    rateLimit: {
      enabled: true,
      window: 60,
      max: 200,
      customRules: {
        "/sign-in/email": { window: 60, max: 20 },
        "/sign-up/email": { window: 60, max: 20 },
        "/get-session": false,
      },
      // The library's own counts are one for all studios of a process.
      customStorage: {
        async consume(key, { window, max }) {
          // A path may be as long as a request takes.
          const retryAfter = tries.count(key.slice(0, 200), { max, windowMs: window * 1000 });
          return { allowed: retryAfter === null, retryAfter };
        },
      },
    },
    advanced: {
      cookiePrefix: "backlot",
      useSecureCookies: options.publicUrl.startsWith("https:"),
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    databaseHooks: {
      user: {
        update: { before: async (user) => tidyName(user) },
        create: {
          before: async (user) => tidyName(user),
          after: async (user) => {
            // A guest's is made once they have their name.
            if (user["isAnonymous"] !== true) await ensurePersonalWorkspace(db, user);
          },
        },
      },
    },
    plugins: [
      anonymous({
        onLinkAccount: async ({ anonymousUser, newUser, ctx }) => {
          const isNew = ctx.path.startsWith("/sign-up/");
          await moveWork(db, anonymousUser.user.id, newUser.user.id, isNew);
          options.onMoved(newUser.user.id);
        },
      }),
    ],
    logger: {
      level: "warn",
      log: (level, message, ...details) =>
        log[level === "error" ? "error" : level === "warn" ? "warn" : "debug"]({ details }, `auth: ${message}`),
    },
  });
}
