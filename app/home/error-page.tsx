import { isRouteErrorResponse, Link, useRouteError } from "@remix-run/react";
import { Mark } from "#app/ui/mark.tsx";
import "#app/ui/button.css";
import "./plain-page.css";

/** 404, 403 and our own faults, in the look of everything else. */
export function ErrorPage() {
  const { title, sentence, code } = describe(useRouteError());
  return (
    <main className="plain-page">
      <section className="plain-card">
        <Mark size={26} />
        <h1>{title}</h1>
        <p className="dim">{sentence}</p>
        <div className="row">
          <Link className="ui-button" data-look="primary" data-size="big" to="/projects">
            All projects
          </Link>
          <a className="ui-button" data-look="quiet" data-size="big" href="">
            Try again
          </a>
        </div>
        <p className="small faint num">{code}</p>
      </section>
    </main>
  );
}

function describe(error: unknown): { title: string; sentence: string; code: string } {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  if (status === 404)
    return {
      title: "Page not found",
      sentence: "It may have moved, or it belongs to a film you were not invited to.",
      code: "404",
    };
  if (status === 403)
    return {
      title: "You don't have access to this page",
      sentence: "Ask whoever sent you here for an invitation to the film.",
      code: "403",
    };
  if (status === 429)
    return {
      title: "One moment",
      sentence: "Too many links were opened from your network. Wait a minute, then try again.",
      code: "429",
    };
  return {
    title: "Something went wrong on our side",
    sentence: "Your work is kept on the server and in this browser. Try again in a moment.",
    code: String(status),
  };
}
