import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { Mark } from "#app/ui/mark.tsx";
import { ErrorPage } from "./error-page.tsx";
import "./plain-page.css";

/** Where a viewer's link opens nothing, or nothing now. */
export function NoScene() {
  const error = useRouteError();
  if (!isRouteErrorResponse(error) || ![404, 429].includes(error.status)) return <ErrorPage />;
  const isBusy = error.status === 429;
  return (
    <main className="plain-page">
      <section className="plain-card">
        <Mark size={26} />
        <h1>{isBusy ? "One moment" : "This link opens no scene"}</h1>
        <p className="dim">
          {isBusy
            ? "Scenes were asked for too often from where you are. Wait a minute, then open the page again."
            : "It may have lost a piece on its way, or whoever made the scene has taken the link back. Ask them for it once more."}
        </p>
      </section>
    </main>
  );
}
