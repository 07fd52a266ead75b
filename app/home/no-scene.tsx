import { isRouteErrorResponse, useRouteError } from "@remix-run/react";
import { Mark } from "#app/ui/mark.tsx";
import { ErrorPage } from "./error-page.tsx";
import "./plain-page.css";

/** Where a viewer's link opens nothing. */
export function NoScene() {
  const error = useRouteError();
  if (!isRouteErrorResponse(error) || error.status !== 404) return <ErrorPage />;
  return (
    <main className="plain-page">
      <section className="plain-card">
        <Mark size={26} />
        <h1>This link opens no scene</h1>
        <p className="dim">
          It may have lost a piece on its way, or whoever made the scene has taken the link back. Ask them for it once
          more.
        </p>
      </section>
    </main>
  );
}
