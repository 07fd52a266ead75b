/** What Remix's types can't know by themselves. */
import "@remix-run/node";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
  interface AppLoadContext {
    /** For the content security policy, when the app sets one. */
    nonce?: string;
  }
}
