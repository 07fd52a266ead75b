/** Every other address: a page that says so, in the look of the rest. */
export function loader(): never {
  throw new Response(null, { status: 404 });
}

export default function Nowhere() {
  return null;
}
