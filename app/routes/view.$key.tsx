import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, type ClientLoaderFunctionArgs } from "@remix-run/react";
import { useEffect } from "react";
import { createKept } from "#app/home/kept-scene.ts";
import { NoScene } from "#app/home/no-scene.tsx";
import { SceneToCome } from "#app/home/scene-to-come.tsx";
import { SceneView } from "#app/studio/viewer/scene-view.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined
    ? [{ title: "No scene here · Backlot" }]
    : [
        { title: `${data.title} · Backlot` },
        { name: "robots", content: "noindex" },
        { property: "og:title", content: data.title },
        { property: "og:description", content: "A scene to look into: film, orbit or fly." },
        ...(data.state === "ready" && data.posterUrl !== null
          ? [{ property: "og:image", content: data.posterUrl }]
          : []),
      ];

/** The address is a key: it goes into no index, and to no other site. */
const kept = { "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex" };
export const headers: HeadersFunction = ({ errorHeaders }) => ({
  ...kept,
  ...(errorHeaders?.has("Retry-After") === true ? { "Retry-After": errorHeaders.get("Retry-After")! } : {}),
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewKey = params["key"] ?? "";
  const scene = await context.pages.scene(viewKey, request);
  if (scene === null) throw new Response(null, { status: 404, headers: kept });
  if (scene.state === "busy")
    throw new Response(null, { status: 429, headers: { ...kept, "Retry-After": String(scene.retryAfterSeconds) } });
  return { viewKey, ...scene };
}

type Shown = Awaited<ReturnType<typeof loader>>;
const shown = createKept<Shown>();

/** Asked again from the page while the scene is made: one answer that does not come takes nothing from the screen. */
export function clientLoader({ serverLoader, params, request }: ClientLoaderFunctionArgs) {
  return shown.ask(params["key"] ?? "", () => serverLoader<typeof loader>(), request.signal);
}

export default function ViewPage() {
  const scene = useLoaderData<typeof clientLoader>();
  useEffect(() => shown.know(scene), [scene]);
  return scene.state === "ready" ? <SceneView {...scene} /> : <SceneToCome {...scene} />;
}

export function ErrorBoundary() {
  return <NoScene />;
}
