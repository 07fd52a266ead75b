import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ErrorBoundary, headers, loader } from "#app/routes/join.$token.tsx";

/** What the page's router caught. */
const caught = vi.hoisted(() => ({ error: null as unknown }));
vi.mock("@remix-run/react", async (original) => ({
  ...(await original<object>()),
  useRouteError: () => caught.error,
  Link: ({ to, children }: { to: string; children: React.ReactNode }) => <a href={to}>{children}</a>,
}));

beforeEach(() => vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true));
afterEach(() => vi.unstubAllGlobals());

/** Opens the link of an invitation in a studio that says this of it. */
async function opened(invite: unknown): Promise<unknown> {
  const pages = { viewer: async () => null, invite: async () => invite };
  const request = new Request("http://studio/join/t");
  return loader({ request, params: { token: "t" }, context: { pages } } as never).catch((thrown: unknown) => thrown);
}

test("where too many links were opened, the page of an invitation says so, and when to come again", async () => {
  const thrown = await opened({ state: "busy", retryAfterSeconds: 17 });
  expect(thrown).toBeInstanceOf(Response);
  const { status, headers: errorHeaders } = thrown as Response;
  expect(status).toBe(429);
  const sent = headers({ errorHeaders, loaderHeaders: new Headers() } as never);
  expect(new Headers(sent).get("Retry-After")).toBe("17");

  caught.error = { status, statusText: "", internal: false, data: null };
  const page = document.body.appendChild(document.createElement("div"));
  const root = createRoot(page);
  await act(async () => root.render(<ErrorBoundary />));
  expect(page.querySelector("h1")?.textContent).toBe("One moment");
  expect(page.textContent).toContain("Too many links were opened from your network.");
  await act(async () => root.unmount());
  page.remove();
});

test("an invitation that is open, or none of ours, is a page like any other", async () => {
  expect(await opened(null)).toEqual({ token: "t", viewer: null, invite: null });
  expect(new Headers(headers({ loaderHeaders: new Headers() } as never)).has("Retry-After")).toBe(false);
});
