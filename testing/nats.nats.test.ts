import { connect } from "nats";
import { expect, test } from "vitest";
import { startNats } from "./nats.ts";

test("a message in a stream outlives a killed broker", async () => {
  const nats = await startNats();
  try {
    const before = await connect({ servers: nats.url, maxReconnectAttempts: 0 });
    await (await before.jetstreamManager()).streams.add({ name: "kept", subjects: ["kept.>"] });
    await before.jetstream().publish("kept.one", "still here");
    await nats.kill();
    await before.closed();
    await nats.restart();
    const after = await connect({ servers: nats.url });
    const message = await (await after.jetstreamManager()).streams.getMessage("kept", { seq: 1 });
    expect(message.string()).toBe("still here");
    await after.close();
  } finally {
    await nats.stop();
  }
});
