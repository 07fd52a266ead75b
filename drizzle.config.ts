import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["identity", "workspace", "film", "work", "queue", "episodes", "webhooks"].map(
    (name) => `./db/schema/${name}.ts`,
  ),
  out: "./db/migrations",
});
