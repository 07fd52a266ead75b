import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AgentsPage } from "#app/agents/agents-page.tsx";

export const meta: MetaFunction = () => [{ title: "Render agents · Backlot" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await context.pages.viewer(request);
  if (!viewer) throw redirect("/");
  return { viewer };
}

export default function Agents() {
  return <AgentsPage {...useLoaderData<typeof loader>()} />;
}
