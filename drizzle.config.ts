import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./db/schema/identity.ts", "./db/schema/workspace.ts", "./db/schema/film.ts", "./db/schema/work.ts"],
  out: "./db/migrations",
});
