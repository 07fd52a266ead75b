import { useCallback, useEffect, useState } from "react";
import { z } from "zod";
import { ElementKind } from "#domain/film/element.ts";
import type { Element } from "#domain/film/element.ts";
import type { Id } from "#domain/ids.ts";
import { api, sentenceOf } from "#app/studio/session/api.ts";
import { useSession } from "#app/studio/session/film-session.tsx";
import { toast } from "#app/ui/toast.tsx";

const Listed = z.object({
  mayEdit: z.boolean(),
  elements: z.array(
    z.object({
      id: z.string(),
      kind: ElementKind,
      version: z.number(),
      element: z.object({ name: z.string(), description: z.string() }),
    }),
  ),
});
export type LibraryEntry = z.infer<typeof Listed>["elements"][number];

/** The workspace's elements, read when the part that shows them comes up and after each change of one's own. */
export function useLibrary() {
  const { projectId, workspaceId, me } = useSession();
  const [entries, setEntries] = useState<LibraryEntry[]>([]);
  const [mayKeep, setMayKeep] = useState(false);
  const [busy, setBusy] = useState(false);
  const read = useCallback(async () => {
    const { elements, mayEdit } = Listed.parse(await api.get(`/v1/workspaces/${workspaceId}/elements`));
    setEntries(elements);
    setMayKeep(mayEdit);
  }, [workspaceId]);
  useEffect(() => {
    // Whoever came by a link to this film alone has no library; nothing is said then.
    read().catch(() => undefined);
  }, [read, me.id]);
  const ask = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await work();
      await read();
      toast.done(done);
    } catch (error) {
      toast.wrong(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  const at = `/v1/projects/${projectId}/elements`;
  return {
    entries,
    /** Whoever came by a link to this film alone, or only looks round in the workspace, writes nothing into its library. */
    mayKeep,
    busy,
    bring: (ids: Id[], done: string) => ask(() => api.post(`${at}/from-library`, { ids }), done),
    keep: (element: Element) =>
      ask(() => api.post(`${at}/${element.id}/to-library`), `${element.name} is in the library for all films.`),
  };
}

/** @returns the entries of which the film has an older version */
export function newerIn(entries: readonly LibraryEntry[], elements: readonly Element[]): LibraryEntry[] {
  const had = new Map(elements.flatMap(({ library }) => (library ? [[library.id, library.version] as const] : [])));
  return entries.filter(({ id, version }) => (had.get(id) ?? version) < version);
}

/** @returns the entries that the film does not have */
export function missingIn(entries: readonly LibraryEntry[], elements: readonly Element[]): LibraryEntry[] {
  const had = new Set(elements.flatMap(({ library }) => library?.id ?? []));
  return entries.filter(({ id }) => !had.has(id));
}
