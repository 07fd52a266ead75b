import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ErrorPage } from "#app/home/error-page.tsx";
import { Join } from "#app/home/join.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.invite ? `Invitation to ${data.invite.to} · Backlot` : "Invitation · Backlot" },
];

export const headers: HeadersFunction = ({ errorHeaders }) => ({
  ...(errorHeaders?.has("Retry-After") === true ? { "Retry-After": errorHeaders.get("Retry-After")! } : {}),
});

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const token = params.token ?? "";
  const [viewer, invite] = await Promise.all([context.pages.viewer(request), context.pages.invite(token, request)]);
  if (invite?.state === "busy")
    throw new Response(null, { status: 429, headers: { "Retry-After": String(invite.retryAfterSeconds) } });
  return { token, viewer, invite };
}

export default function JoinPage() {
  return <Join {...useLoaderData<typeof loader>()} />;
}

export function ErrorBoundary() {
  return <ErrorPage />;
}
