import { useEffect, useRef, useState, type ChangeEvent, type RefObject } from "react";

/**
 * A field that tells every movement of the pointer, as a colour picker and a slider do. It follows at once, and says its
 * value when the movement ends, so that one choice is one change.
 */
export function useSettled(
  value: string,
  onCommit: (value: string) => void,
): { ref: RefObject<HTMLInputElement>; value: string; onChange(event: ChangeEvent<HTMLInputElement>): void } {
  const [shown, setShown] = useState<string | null>(null);
  const ref = useRef<HTMLInputElement>(null);
  const now = useRef({ value, onCommit });
  useEffect(() => {
    now.current = { value, onCommit };
  });
  useEffect(() => {
    const field = ref.current;
    // React says "change" at each movement; the browser's own event of that name comes once, at the end.
    const take = () => {
      setShown(null);
      if (field && field.value !== now.current.value) now.current.onCommit(field.value);
    };
    field?.addEventListener("change", take);
    return () => field?.removeEventListener("change", take);
  }, []);
  return { ref, value: shown ?? value, onChange: (event) => setShown(event.target.value) };
}
