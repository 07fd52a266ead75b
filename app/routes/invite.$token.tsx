import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

/** The address that programs get from the API; people's is shorter. */
export function loader({ params }: LoaderFunctionArgs) {
  return redirect(`/join/${params.token ?? ""}`);
}
