import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type FocusEvent,
  type RefObject,
} from "react";
import type { Id } from "#domain/ids.ts";

export interface HeldFocus {
  /** The card that has the keys, or had them last. */
  id: Id | null;
  /** Gives a card the keys as soon as it is drawn. */
  give(id: Id): void;
  /** It was given to a card that is not drawn yet. */
  isWanted(): boolean;
  onFocus(event: FocusEvent): void;
}

/**
 * A card that moves to another row is another element there, and the browser drops its focus: it is given back, until
 * somebody looks elsewhere.
 */
export function useHeldFocus(scroller: RefObject<HTMLElement>): HeldFocus {
  const [id, setId] = useState<Id | null>(null);
  const [, draw] = useState(0);
  const holds = useRef(false);
  const wanted = useRef<Id | null>(null);

  useLayoutEffect(() => {
    if (!holds.current || id === null) return;
    const now = document.activeElement;
    if (wanted.current === null && now !== document.body) return;
    const card = scroller.current?.querySelector<HTMLElement>(`[data-shot-id="${CSS.escape(id)}"]`);
    if (!card) return;
    wanted.current = null;
    if (now !== card) card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  });
  useEffect(() => {
    const elsewhere = (event: Event) => {
      if (event.target instanceof Node && scroller.current?.contains(event.target)) return;
      holds.current = false;
      wanted.current = null;
    };
    document.addEventListener("focusin", elsewhere);
    document.addEventListener("pointerdown", elsewhere, true);
    return () => {
      document.removeEventListener("focusin", elsewhere);
      document.removeEventListener("pointerdown", elsewhere, true);
    };
  }, [scroller]);

  const give = useCallback((next: Id) => {
    holds.current = true;
    wanted.current = next;
    setId(next);
    draw((times) => times + 1);
  }, []);
  const isWanted = useCallback(() => wanted.current !== null, []);
  const onFocus = useCallback((event: FocusEvent) => {
    const card = (event.target as HTMLElement).closest<HTMLElement>("[data-shot-id]")?.dataset["shotId"];
    holds.current = card !== undefined && event.target.matches("[data-shot-id]");
    if (card !== undefined) setId(card);
  }, []);
  return useMemo(() => ({ id, give, isWanted, onFocus }), [id, give, isWanted, onFocus]);
}
