/** Somebody who may only watch: sees everything move, changes nothing, and the server is the one who says so. */
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Film } from "#domain/film/snapshot.ts";
import { Api } from "../support/api.ts";
import {
  aPerson,
  comeIn,
  goTo,
  join,
  makeLink,
  pasteScript,
  projectIdOf,
  screenplay,
  untilSaved,
} from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a viewer sees typing arrive, and neither the page, the API nor a socket of their own lets them write", async ({
  studio,
  browser,
}) => {
  const { page: ana } = await aPerson(browser);
  const { page: vic } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  await pasteScript(ana, "INT. KITCHEN - DAY\n\nA kettle begins to sing.\n");
  await join(vic, await makeLink(ana, "Can view"), "Vic Moss");
  await expect(screenplay(vic)).toContainText("A kettle begins to sing.");
  const projectId = projectIdOf(vic);

  await test.step("what the editor types is seen at once", async () => {
    await screenplay(ana).click();
    await ana.keyboard.press("Control+End");
    await ana.keyboard.type("\nSteam on the window.\n");
    await expect(screenplay(vic)).toContainText("Steam on the window.");
    await untilSaved(ana);
  });

  await test.step("the page offers no way to write", async () => {
    await expect(screenplay(vic)).toHaveAttribute("contenteditable", "false");
    await goTo(vic, "Board");
    await expect(vic.getByRole("button", { name: /^Generate all/ })).toHaveCount(0);
  });

  const answer = await vic.request.post(`${studio.url}/v1/tokens`, {
    data: { name: "journey" },
    headers: { origin: studio.url },
  });
  const api = new Api(studio.url, ((await answer.json()) as { token: string }).token);

  await test.step("the API refuses with a code", async () => {
    await expect(api.call("PUT", `/v1/projects/${projectId}/screenplay`, "Mine now.")).rejects.toThrow(
      /403 .*auth\/forbidden/,
    );
    await expect(api.post(`/v1/projects/${projectId}/generate`)).rejects.toThrow(/403/);
    await expect(api.post(`/v1/projects/${projectId}/timeline/assemble`)).rejects.toThrow(/403/);
  });

  await test.step("a socket of their own is heard for nothing", async () => {
    const ticket = await api.post<{ url: string; documentId: string; ticket: string; role: string }>(
      `/v1/projects/${projectId}/ticket`,
    );
    expect(ticket.role).toBe("viewer");
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(ticket.url, ticket.documentId, doc, {
      params: { ticket: ticket.ticket },
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    });
    // It has seen the film before it writes; if it does not, this is what its socket went through.
    const met: string[] = [];
    provider.on("status", ({ status }) => met.push(status));
    provider.on("connection-close", (event) => met.push(`closed with ${event?.code ?? "no code"}`));
    await expect.poll(() => (provider.synced ? "synced" : met.join(", "))).toBe("synced");
    doc.getText("screenplay").insert(0, "VANDAL ");
    await new Promise((resolve) => setTimeout(resolve, 1500));
    provider.destroy();
    const { film } = await api.get<{ film: Film }>(`/v1/projects/${projectId}`);
    expect(film.screenplay).not.toContain("VANDAL");
    await expect(screenplay(ana)).not.toContainText("VANDAL");
  });
});

test("a link that was revoked opens nothing, and says so", async ({ studio, browser }) => {
  const { page: ana } = await aPerson(browser);
  await comeIn(ana, studio.url, "Ana Ruiz");
  await pasteScript(ana, "INT. KITCHEN - DAY\n\nA kettle begins to sing.\n");
  const link = await makeLink(ana, "Can edit");
  await ana.getByRole("button", { name: "Share", exact: true }).click();
  await ana.getByRole("list", { name: "Links that let people in" }).getByRole("button", { name: "Revoke" }).click();
  await expect(ana.getByRole("list", { name: "Links that let people in" })).toHaveCount(0);
  const { page: late } = await aPerson(browser);
  await late.goto(link);
  await expect(late.getByText(/withdrawn/i)).toBeVisible();
  await expect(late.getByLabel("Your name")).toHaveCount(0);
});
