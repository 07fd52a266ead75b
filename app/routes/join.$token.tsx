import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Join } from "#app/home/join.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.invite ? `Invitation to ${data.invite.to} · Backlot` : "Invitation · Backlot" },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const token = params.token ?? "";
  const [viewer, invite] = await Promise.all([context.pages.viewer(request), context.pages.invite(token)]);
  return { token, viewer, invite };
}

export default function JoinPage() {
  return <Join {...useLoaderData<typeof loader>()} />;
}
