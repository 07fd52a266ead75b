import { act } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ProjectCard, Viewer } from "#domain/collab/cards.ts";
import { Home } from "./home.tsx";

// The pages' links ask their router; here they only stand there.
vi.mock("@remix-run/react", async (original) => ({
  ...(await original<object>()),
  Link: ({ to, children }: { to: string; children: React.ReactNode }) => <a href={to}>{children}</a>,
}));

let root: Root;
beforeEach(() => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ generations: [] })));
  document.body.replaceChildren(document.createElement("div"));
  root = createRoot(document.body.querySelector("div")!);
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

const now = "2026-01-02T00:00:00.000Z";
const paul: Viewer = { id: "u2", name: "Paul", color: "peer-2", isGuest: true, email: null };
const own = { id: "w2", name: "Paul’s films", role: "owner", personal: true } as const;
const idas: ProjectCard = {
  id: "p1",
  title: "Night Ferry",
  workspaceId: "w1",
  workspaceName: "Ida’s films",
  role: "editor",
  posterUrl: null,
  shotCount: 2,
  updatedAt: now,
  shared: true,
};
const pauls: ProjectCard = { ...idas, id: "p2", workspaceId: "w2", workspaceName: "Paul’s films", shared: false };

const show = (projects: ProjectCard[]) =>
  act(async () => root.render(<Home viewer={paul} workspaces={[own]} projects={projects} now={now} />));
const texts = (css: string) => [...document.querySelectorAll(css)].map((each) => each.textContent);

test("a film's poster credits those whose film it is, whoever looks at it", async () => {
  await show([idas, pauls]);
  expect(texts(".credit")).toEqual(["Ida’s films", "Paul’s films"]);
});

test("what was shared is a shelf of its own beside one's own films, and is not counted twice where it is all there is", async () => {
  await show([idas, pauls]);
  expect(texts("button.home-shelf")).toEqual(["All projects2", "Shared with me1"]);
  await show([idas]);
  expect(texts("button.home-shelf")).toEqual(["All projects1"]);
});
