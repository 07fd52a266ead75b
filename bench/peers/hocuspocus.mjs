import path from "node:path";
import { SQLite } from "@hocuspocus/extension-sqlite";
import { Server } from "@hocuspocus/server";

const { PORT, DATA_FOLDER = "" } = process.env;
const database = path.join(DATA_FOLDER, "hocuspocus.sqlite");
const server = new Server({
  port: Number(PORT),
  address: "127.0.0.1",
  quiet: true,
  extensions: DATA_FOLDER === "" ? [] : [new SQLite({ database })],
});
await server.listen();
