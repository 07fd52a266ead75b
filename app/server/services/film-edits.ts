import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "#bus/messages.ts";
import type { Bus } from "#bus/connection.ts";
import { FilmEditReply, type FilmEdit, type FilmEditRequest } from "#domain/collab/film-edits.ts";
import { errorCodes, StudioError, type ErrorCode } from "#domain/errors.ts";
import { subjects } from "#domain/jobs/subjects.ts";

/**
 * Asks the owner of the film's document for a named edit and waits until it is stored. The app never writes a
 * document itself. A question that nobody answered is asked again under the same id, so it cannot happen twice.
 * @param editId  of an edit that may be asked for again later, by whoever begins anew: it happens once all the same
 * @throws StudioError with the refusal's own code, or "document/unavailable"
 */
export async function editFilm(
  bus: Bus,
  projectId: string,
  edit: FilmEdit,
  editId: string = randomUUID(),
): Promise<void> {
  const request: FilmEditRequest = { v: 1, editId, projectId, edit };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await ask(bus, subjects.edit(projectId), request, FilmEditReply, 8000);
      if (reply.status === "refused") throw new StudioError(asErrorCode(reply.code), reply.message);
      return;
    } catch (error) {
      const unanswered = error instanceof StudioError && error.code === "service/unavailable";
      if (!unanswered) throw error;
      if (attempt === 4)
        throw new StudioError("document/unavailable", "The film cannot be changed right now. Try again in a moment.", {
          cause: error,
        });
      await sleep(300 * attempt);
    }
  }
}

function asErrorCode(code: string): ErrorCode {
  return Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : "thing/conflict";
}
