/**
 * A TCP proxy between stock clients and servers: each connection goes to one of the servers, its bytes come late, and
 * when the dice say so it breaks in the middle of whatever was under way.
 */
import { once } from "node:events";
import net from "node:net";
import type { Dice } from "./dice.ts";
import { Lane } from "./lane.ts";

export interface RoughRoad {
  port: number;
  cuts: number;
  /** How many connections were made. */
  connections: number;
  /** Breaks one of the connections. */
  cutOne: () => void;
  /** A server is gone: nobody is sent there any more. */
  setServers: (ports: readonly number[]) => void;
  close: () => void;
}

/** @param longestMs  bytes are under way for up to this long */
export async function openRoughRoad(dice: Dice, ports: readonly number[], longestMs: number): Promise<RoughRoad> {
  const pairs = new Set<() => void>();
  let servers = ports;
  const proxy = net.createServer((client) => {
    road.connections += 1;
    const server = net.connect(dice.pick(servers), "127.0.0.1");
    const lanes = [carry(client, server), carry(server, client)];
    const end = () => {
      pairs.delete(end);
      for (const lane of lanes) lane.cut();
      for (const socket of [client, server]) socket.resetAndDestroy();
    };
    pairs.add(end);
    for (const socket of [client, server]) socket.on("error", end).on("close", end);
  });
  /** Bytes, and then the end, in order. */
  const carry = (from: net.Socket, to: net.Socket): Lane<Buffer | null> => {
    const lane = new Lane<Buffer | null>(dice.fork(), longestMs, (bytes) => {
      if (bytes === null) to.end();
      else if (!to.destroyed) to.write(bytes);
    });
    from.on("data", (bytes) => lane.put(bytes)).on("end", () => lane.put(null));
    return lane;
  };
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const road: RoughRoad = {
    port: (proxy.address() as net.AddressInfo).port,
    cuts: 0,
    connections: 0,
    cutOne: () => {
      if (pairs.size === 0) return;
      road.cuts += 1;
      dice.pick([...pairs])();
    },
    setServers: (now) => {
      servers = now;
    },
    close: () => {
      for (const end of pairs) end();
      proxy.close();
    },
  };
  return road;
}
