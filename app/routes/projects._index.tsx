import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Home } from "#app/home/home.tsx";

export const meta: MetaFunction = () => [{ title: "Projects · Backlot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await context.pages.viewer(request);
  if (!viewer) throw redirect("/");
  return { viewer, ...(await context.pages.home(viewer)), now: new Date().toISOString() };
}

export default function Projects() {
  return <Home {...useLoaderData<typeof loader>()} />;
}
