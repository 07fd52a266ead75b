import { useSearchParams } from "@remix-run/react";
import { useCallback } from "react";
import { viewOf, type ViewId } from "./views.ts";

/** Which view is shown; it lives in the address, so that a link opens the same one. */
export function useView(): [ViewId, (view: ViewId) => void] {
  const [params, setParams] = useSearchParams();
  const show = useCallback(
    (view: ViewId) =>
      setParams(
        (before) => {
          before.set("view", view);
          return before;
        },
        { preventScrollReset: true },
      ),
    [setParams],
  );
  return [viewOf(params.get("view")), show];
}
