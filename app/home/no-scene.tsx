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
        <h1>{isBusy ? "One moment" : "This link does not open a scene"}</h1>
        <p className="dim">
          {isBusy
            ? "Too many scenes were opened from your network. Wait a minute, then reload this page."
            : "It may have been cut short, or whoever made the scene has withdrawn it. Ask them for a new link."}
        </p>
      </section>
    </main>
  );
}
