/**
 * Says what is wrong with an address that webhooks shall go to; null when nothing is. Names are looked up when a message
 * is sent, and what leads into a private network is refused then; this only refuses what can be seen from the outside.
 * @param allowPrivate  the studio may call its own machine and network, and without TLS
 */
export function refuseWebhookUrl(address: string, allowPrivate: boolean): string | null {
  if (!URL.canParse(address)) return "This is not an address. Give one like https://example.org/hooks/backlot.";
  const url = new URL(address);
  if (url.username !== "" || url.password !== "")
    return "An address with a name or password in it is kept nowhere. Check the signature instead.";
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:"))
    return "The address must begin with https://.";
  if (allowPrivate) return null;
  const host = url.hostname.replace(/\.$/, "");
  const isNumber = host.startsWith("[") || /^[\d.]+$/.test(host);
  if (isNumber) return "Give a host by its name, not by its number.";
  if (!host.includes(".") || /\.(localhost|local|internal|lan|home|arpa)$/.test(host))
    return "This studio calls no private addresses. Whoever runs it may allow that with WEBHOOKS_ALLOW_PRIVATE=1.";
  return null;
}
