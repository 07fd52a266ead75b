/** A board in a page without a server: the film is this browser's alone, and so is who looks at it. */
import { act, useEffect, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { expect, vi } from "vitest";
import type * as Y from "yjs";
import type { EditContext } from "#domain/film/edit.ts";
import { FilmSessionProvider, useOpenFilm } from "#app/studio/session/film-session.tsx";
import type { OpenFilm } from "#app/studio/session/open-session.ts";
import { FakeSocket } from "#app/studio/session/testing/fake-server.ts";
import { TooltipProvider } from "#app/ui/tooltip.tsx";

export interface OpenBoard {
  film: OpenFilm;
  page: HTMLElement;
  /** Lets what happens settle before it is looked at. */
  does(run: () => void): Promise<void>;
  /** The button of that name; fails where there is none. */
  button(name: string): HTMLElement;
  close(): Promise<void>;
}

/** @param answers  what the API says, by the end of its path */
export async function openBoard(
  view: ReactNode,
  fill: (doc: Y.Doc, edit: EditContext) => void,
  answers: Record<string, unknown> = {},
): Promise<OpenBoard> {
  FakeSocket.opened = [];
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  vi.stubGlobal("WebSocket", FakeSocket);
  const ticket = { url: "ws://studio/collab", documentId: "project:p1", ticket: "t", role: "editor" };
  const known: Record<string, unknown> = { "/ticket": ticket, ...answers };
  const answer = async (path: string) =>
    new Response(JSON.stringify(known[Object.keys(known).find((end) => path.endsWith(end)) ?? ""] ?? {}));
  vi.stubGlobal("fetch", vi.fn(answer));
  // Nothing has a size here; lists that draw only what is seen would draw nothing.
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);

  const page = document.body.appendChild(document.createElement("div"));
  const root: Root = createRoot(page);
  let film: OpenFilm | undefined;
  const onOpen = (opened: OpenFilm) => void (film = opened);
  await act(async () =>
    root.render(
      <TooltipProvider>
        <FilmSessionProvider {...who} fallback={() => null}>
          <Here onOpen={onOpen} />
          {view}
        </FilmSessionProvider>
      </TooltipProvider>,
    ),
  );
  await act(() => vi.waitFor(() => expect(film).toBeDefined()));
  const open = film as OpenFilm;
  const does = (run: () => void) =>
    act(async () => {
      run();
      await new Promise((done) => setTimeout(done, 40));
    });
  await does(() => fill(open.session.doc, { ...open.session.edit, origin: "others" }));
  return {
    film: open,
    page,
    does,
    button(name) {
      const all = [...document.querySelectorAll<HTMLElement>("button")];
      const found = all.find((each) => each.textContent?.trim() === name || each.getAttribute("aria-label") === name);
      return found ?? expect.fail(`no button ${name} among ${all.map((each) => each.textContent).join(", ")}`);
    },
    async close() {
      await act(async () => root.unmount());
      page.remove();
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    },
  };
}

const nothing = () => undefined;
const who = {
  projectId: "p1",
  workspaceId: "w1",
  workspaceName: "Workspace",
  me: { id: "u1", name: "Ana", color: "peer-1", isGuest: false },
  onDenied: nothing,
  onRoleChanged: nothing,
} as const;

function Here({ onOpen }: { onOpen(opened: OpenFilm): void }) {
  const opened = useOpenFilm();
  useEffect(() => onOpen(opened), [onOpen, opened]);
  return null;
}
