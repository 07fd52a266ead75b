import { createHmac } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from "request-filtering-agent";
import type { DeliveryOutcome } from "#domain/webhooks/delivery.ts";

/** A message as it goes out; the headers are those of the Standard Webhooks specification, so any of its libraries checks them. */
export type WebhookMessage = {
  /** The same at every try, so that a receiver can tell a repeat. */
  id: string;
  url: string;
  /** "whsec_" and the key in base64 */
  secret: string;
  body: string;
};

export type Sender = {
  send: (message: WebhookMessage) => Promise<DeliveryOutcome>;
  /** Cuts what is on its way. */
  close: () => void;
};

/**
 * Posts messages. Addresses are checked when the connection is made, after the name was looked up, so no name leads into
 * a private network; redirects are not followed; of the answer only the status is read.
 */
export function openSender(options: { allowPrivate: boolean; timeoutMs: number; now: () => number }): Sender {
  const filter = { allowPrivateIPAddress: options.allowPrivate, allowMetaIPAddress: false };
  const onTheirWay = new Set<http.ClientRequest>();
  const agents = { http: new RequestFilteringHttpAgent(filter), https: new RequestFilteringHttpsAgent(filter) };
  return {
    send: (message) =>
      new Promise((resolve) => {
        // Read as the address that was checked: "HTTP:" is no other way than "http:".
        if (!URL.canParse(message.url)) return resolve({ error: "Its address cannot be read." });
        const url = new URL(message.url);
        const isPlain = url.protocol === "http:";
        const body = Buffer.from(message.body);
        const timestamp = Math.floor(options.now() / 1000);
        const request = (isPlain ? http : https).request(url, {
          method: "POST",
          agent: isPlain ? agents.http : agents.https,
          headers: {
            "content-type": "application/json",
            "content-length": body.byteLength,
            "user-agent": "Backlot-Webhooks/1",
            "webhook-id": message.id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signMessage(message, timestamp),
          },
        });
        // Not by AbortSignal.any: in Node 20 such a signal may be collected before its time has come.
        const timer = setTimeout(() => request.destroy(new Late()), options.timeoutMs);
        onTheirWay.add(request);
        request.on("response", (response) => {
          resolve({ status: response.statusCode ?? 0 });
          response.destroy();
        });
        request.on("error", (error) => resolve({ error: sentenceFor(error, options.timeoutMs) }));
        request.on("close", () => {
          clearTimeout(timer);
          onTheirWay.delete(request);
          resolve({ error: sentenceFor(new Error("closed"), options.timeoutMs) });
        });
        request.end(body);
      }),
    close: () => {
      for (const request of onTheirWay) request.destroy(new Error("closing"));
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

/** @param timestamp  seconds since 1970 @returns "v1," and the HMAC-SHA-256 of id, time and body in base64 */
export function signMessage({ id, body, secret }: Omit<WebhookMessage, "url">, timestamp: number): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

class Late extends Error {}

const sentences: Record<string, string> = {
  ENOTFOUND: "Its name is not known.",
  EAI_AGAIN: "Its name could not be looked up.",
  ECONNREFUSED: "It refused the connection.",
  ECONNRESET: "It cut the connection before it answered.",
  EHOSTUNREACH: "It cannot be reached.",
  ENETUNREACH: "It cannot be reached.",
  ETIMEDOUT: "It cannot be reached.",
};

/** For the delivery log: what its owner can mend, without our names and addresses. */
function sentenceFor(error: Error & { code?: unknown }, timeoutMs: number): string {
  if (error instanceof Late) return `It took longer than ${timeoutMs / 1000} s to answer.`;
  if (/is not allowed/.test(error.message)) return "Its address is a private one, and this studio calls none of those.";
  const code = typeof error.code === "string" ? error.code : "";
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code)) return `Its certificate is not good (${code}).`;
  return sentences[code] ?? "It could not be reached.";
}
