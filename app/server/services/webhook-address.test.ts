import { expect, test } from "vitest";
import { refuseWebhookUrl } from "./webhook-address.ts";

test("an address that leads into a private network, or without TLS, is refused with a sentence", () => {
  for (const address of [
    "rubbish",
    "http://example.org/hook",
    "ftp://example.org/hook",
    "https://me:secret@example.org/hook",
    "https://127.0.0.1/hook",
    "https://0x7f.1/hook",
    "https://2130706433/hook",
    "https://[::1]/hook",
    "https://[::ffff:10.0.0.1]/hook",
    "https://localhost/hook",
    "https://app.localhost./hook",
    "https://db.internal/hook",
    "https://printer.local/hook",
  ])
    expect([address, refuseWebhookUrl(address, false)]).toEqual([address, expect.stringMatching(/\.$/)]);
  expect(refuseWebhookUrl("https://example.org/hook", false)).toBeNull();
  for (const address of ["http://127.0.0.1:9000/hook", "http://localhost/hook", "https://example.org/hook"])
    expect([address, refuseWebhookUrl(address, true)]).toEqual([address, null]);
  expect(refuseWebhookUrl("ftp://localhost/hook", true)).not.toBeNull();
});
