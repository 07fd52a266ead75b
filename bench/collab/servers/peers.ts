/** The servers we compare with, each with the store that its own documentation names. */
import { join } from "node:path";
import { hocuspocus } from "../adapters/hocuspocus.ts";
import { yWebsocket } from "../adapters/y-websocket.ts";
import type { Contestant } from "./ground.ts";
import { installPeers, peersFolder } from "./peer-packages.ts";
import { type ServerCommand, startServerProcess } from "./server-process.ts";

/** Its defaults: what changed is stored after 2 s without edits, after 10 s at the latest. */
export const hocuspocusWith = (stores: boolean): Contestant => ({
  ...peer(stores, (folder) => ({
    name: "hocuspocus",
    args: ["hocuspocus.mjs"],
    env: (port) => ({ PORT: String(port), DATA_FOLDER: folder ?? "" }),
  })),
  name: "hocuspocus",
  title: stores ? "Hocuspocus + SQLite" : "Hocuspocus",
  adapter: hocuspocus,
});

/** The package's own command, as its README says; LevelDB is its documented persistence. */
export const yWebsocketWith = (stores: boolean): Contestant => ({
  ...peer(stores, (folder) => ({
    name: "y-websocket",
    args: ["node_modules/@y/websocket-server/src/server.js"],
    env: (port) => ({
      HOST: "127.0.0.1",
      PORT: String(port),
      ...(folder === null ? {} : { YPERSISTENCE: join(folder, "leveldb") }),
    }),
  })),
  name: "y-websocket",
  title: stores ? "y-websocket + LevelDB" : "y-websocket",
  adapter: yWebsocket,
});

type PeerCommand = (dataFolder: string | null) => Pick<ServerCommand, "name" | "args" | "env">;

function peer(stores: boolean, commandWith: PeerCommand): Pick<Contestant, "stores" | "openGround"> {
  return {
    stores,
    openGround: async (folder) => {
      await installPeers();
      const command = { ...commandWith(stores ? folder : null), cwd: peersFolder, folder };
      return {
        stores: null,
        prepare: async () => {},
        start: () => startServerProcess(command),
        close: async () => {},
      };
    },
  };
}
