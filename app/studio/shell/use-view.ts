import { useSearchParams } from "@remix-run/react";
import { useCallback, useMemo } from "react";
import { shownAfter, shownOf, sideBySide, type Shown, type ViewId } from "./views.ts";

/** What is on screen; it lives in the address, so that a link opens the same. */
export function useShown(): { shown: Shown; show(view: ViewId): void; only(view: ViewId): void; toggleBeside(): void } {
  const [params, setParams] = useSearchParams();
  const shown = useMemo(() => shownOf(params), [params]);
  const become = useCallback(
    (next: (before: Shown) => Shown) =>
      setParams(
        (before) => {
          const { view, beside } = next(shownOf(before));
          before.set("view", view);
          if (beside === null) before.delete("beside");
          else before.set("beside", beside);
          return before;
        },
        { preventScrollReset: true },
      ),
    [setParams],
  );
  const actions = useMemo(
    () => ({
      show: (view: ViewId) => become((before) => shownAfter(before, view)),
      only: (view: ViewId) => become(() => ({ view, beside: null })),
      toggleBeside: () => become(sideBySide),
    }),
    [become],
  );
  return { shown, ...actions };
}

/** The main view, and how to go to another one. */
export function useView(): [ViewId, (view: ViewId) => void] {
  const { shown, show } = useShown();
  return [shown.view, show];
}
