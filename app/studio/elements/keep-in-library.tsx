import { Library } from "lucide-react";
import type { Element } from "#domain/film/element.ts";
import { Button } from "#app/ui/button.tsx";
import { useLibrary } from "./use-library.ts";

/** Lets the workspace's other films have this element, or the changes that were made to it here. */
export function KeepInLibrary({ element }: { element: Element }) {
  const { busy, keep, mayKeep } = useLibrary();
  const isOwn = element.library === undefined;
  const isChanged = (element.library?.kept.length ?? 0) > 0;
  if (!isOwn && !isChanged) return <span className="faint small">As in the library</span>;
  if (!mayKeep) return null;
  return (
    <Button look="quiet" disabled={busy} onClick={() => void keep(element)}>
      <Library />
      {isOwn ? "Keep in the library" : "Update the library"}
    </Button>
  );
}
