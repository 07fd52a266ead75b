import * as decoding from "lib0/decoding";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { signTicket } from "#bus/ticket-mac.ts";
import type { Sql } from "#db/client.ts";
import { frameTypes, JobFrame } from "#domain/collab/frames.ts";
import { documentIdOf } from "#domain/ids.ts";

/** What an editor came to know about a job, in order: by a frame, or read anew after a break of its connection. */
export type Heard = { jobId: string; state: string; how: "told" | "read" };

/** Somebody who has a film open through everything, as the studio in a browser does. */
export type Editor = {
  heard: readonly Heard[];
  /** How often it was connected. */
  connects: () => number;
  close: () => void;
};

export type EditorOptions = { collabPort: number; secret: string; projectId: string; userId: string; sql: Sql };

/**
 * Opens a film with the stock y-websocket client. As the studio does, it reads the film's jobs whenever its connection
 * is new and goes by the frames of that connection from then on.
 */
export async function openEditor({ collabPort, secret, projectId, userId, sql }: EditorOptions): Promise<Editor> {
  await sql`insert into project_members (project_id, user_id, role) values (${projectId}, ${userId}, 'viewer')
    on conflict do nothing`;
  const documentId = documentIdOf(projectId);
  const exp = Math.floor(Date.now() / 1000) + 3600;
  const ticket = signTicket({ userId, name: "Maya", documentId, exp }, secret);
  const heard: Heard[] = [];
  let connects = 0;
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`ws://127.0.0.1:${collabPort}/collab`, documentId, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    params: { ticket },
    disableBc: true,
    maxBackoffTime: 400,
  });
  provider.messageHandlers[frameTypes.job] = (_, decoder) => {
    const frame = JobFrame.parse(JSON.parse(decoding.readVarString(decoder)));
    if (frame.type === "job") heard.push({ jobId: frame.job.id, state: frame.job.state, how: "told" });
  };
  // Further frames that belong to others: not an editor's concern here.
  for (const type of [frameTypes.saved, frameTypes.ephemeral, frameTypes.generation])
    provider.messageHandlers[type] = () => undefined;
  const readAnew = async (): Promise<void> => {
    const rows = await sql<{ id: string; state: string }[]>`select id, state from jobs where project_id = ${projectId}`;
    for (const { id, state } of rows) heard.push({ jobId: id, state, how: "read" });
  };
  provider.on("sync", (isSynced: boolean) => {
    if (!isSynced) return;
    connects += 1;
    const socket = provider.ws;
    const untilRead = async (): Promise<void> => {
      // Postgres may be away as well; a page would ask again.
      while (
        provider.ws === socket &&
        !(await readAnew().then(
          () => true,
          () => false,
        ))
      )
        await new Promise((resolve) => setTimeout(resolve, 200));
    };
    void untilRead();
  });
  return {
    heard,
    connects: () => connects,
    close: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}
