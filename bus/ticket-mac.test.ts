import { expect, test } from "vitest";
import { isTicketShaped, signTicket, verifyTicket } from "./ticket-mac.ts";

const claims = { userId: "u1", name: "Ada Ø", documentId: "project:0198c1d2-0000-7000-8000-000000000001", exp: 2_000 };
const secret = "a secret of some length";

test("a signed ticket says again what was signed", () => {
  expect(verifyTicket(signTicket(claims, secret), secret, 1_999_000)).toEqual(claims);
});

test("a ticket ends when its time is up", () => {
  expect(verifyTicket(signTicket(claims, secret), secret, 2_000_000)).toBeNull();
});

test("a ticket of another secret, or changed in any part, is nobody's", () => {
  const ticket = signTicket(claims, secret);
  expect(verifyTicket(ticket, "another", 0)).toBeNull();
  for (let i = 0; i < ticket.length - 1; i += 7) {
    const changed = ticket.slice(0, i) + (ticket[i] === "A" ? "B" : "A") + ticket.slice(i + 1);
    expect(verifyTicket(changed, secret, 0)).toBeNull();
  }
});

test("what does not look like a ticket is told apart from a bad one", () => {
  expect(isTicketShaped(signTicket(claims, secret))).toBe(true);
  for (const text of ["", "x", "a.b", "a.b.c", `${"a".repeat(5000)}.${"b".repeat(43)}`])
    expect(isTicketShaped(text)).toBe(false);
});
