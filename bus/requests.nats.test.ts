import { afterAll, beforeAll, expect, test } from "vitest";
import { startNats, type TestNats } from "#testing/nats.ts";
import { type Bus, connectBus } from "./connection.ts";

let nats: TestNats;
let bus: Bus;
beforeAll(async () => {
  nats = await startNats();
  bus = await connectBus({ url: nats.url, name: "test" });
});
afterAll(async () => {
  await bus.close();
  await nats.stop();
});

const bytes = (text: string) => new TextEncoder().encode(text);

test("many questions at once each get their own answer", async () => {
  const answerer = bus.nc.subscribe("echo.*", { callback: (_error, msg) => void msg.respond(msg.data) });
  const texts = Array.from({ length: 200 }, (_, index) => String(index));
  const answers = await Promise.all(texts.map((text) => bus.requests.ask(`echo.${text}`, bytes(text))));
  expect(answers.map((msg) => new TextDecoder().decode(msg.data))).toEqual(texts);
  answerer.unsubscribe();
});

test("a question that nobody serves fails at once, one that is not answered in time, and a late answer is no harm", async () => {
  await expect(bus.requests.ask("nobody", bytes(""))).rejects.toThrow("Nobody serves nobody.");
  let answer: () => void = () => undefined;
  const silent = bus.nc.subscribe("silent", { callback: (_error, msg) => (answer = () => msg.respond(bytes("late"))) });
  await expect(bus.requests.ask("silent", bytes(""), undefined, 50)).rejects.toThrow("not answered in time");
  answer();
  await bus.flush();
  silent.unsubscribe();
});

test("questions that are open when the connection closes fail", async () => {
  const other = await connectBus({ url: nats.url, name: "another" });
  const silent = bus.nc.subscribe("silent", { callback: () => undefined });
  await bus.flush();
  const asked = other.requests.ask("silent", bytes(""), undefined, 60_000);
  await Promise.all([expect(asked).rejects.toThrow(), other.close()]);
  await expect(other.requests.ask("silent", bytes(""))).rejects.toThrow("closed");
  silent.unsubscribe();
});
