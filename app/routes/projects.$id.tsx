import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunctionArgs } from "@remix-run/react";
import { lazy, Suspense, useEffect, useState } from "react";
import { ErrorPage } from "#app/home/error-page.tsx";
import { StudioFrame } from "#app/studio/shell/studio-frame.tsx";

/** The studio lives in the browser alone: it is a document and a socket, and neither exists on the server. */
const Studio = lazy(() => import("#app/studio/shell/studio.tsx").then((module) => ({ default: module.Studio })));

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.project.title} · Backlot` : "Backlot" },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await context.pages.viewer(request);
  if (!viewer) throw redirect("/");
  const open = params.id ? await context.pages.openProject(viewer, params.id) : null;
  if (!open) throw new Response(null, { status: 404 });
  return { viewer, ...open };
}

/** Changing the view changes only the address; who may open the film was asked already. */
export function shouldRevalidate({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) {
  return currentUrl.pathname !== nextUrl.pathname && defaultShouldRevalidate;
}

export default function ProjectPage() {
  const { viewer, project } = useLoaderData<typeof loader>();
  const [isBrowser, setIsBrowser] = useState(false);
  useEffect(() => setIsBrowser(true), []);
  const frame = <StudioFrame workspaceName={project.workspaceName} title={project.title} />;
  if (!isBrowser) return frame;
  return (
    <Suspense fallback={frame}>
      <Studio viewer={viewer} project={project} />
    </Suspense>
  );
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
