import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useNavigate } from "@remix-run/react";
import { FrontDoor } from "#app/home/front-door.tsx";

export const meta: MetaFunction = () => [{ title: "Backlot: a film studio you share" }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  if (await context.pages.viewer(request)) throw redirect("/projects");
  return null;
}

export default function Index() {
  const navigate = useNavigate();
  return <FrontDoor onIn={() => navigate("/projects")} />;
}
