# Builds once, runs as web, as worker or as both: see ROLE in .env.example.
FROM node:24-slim AS build
WORKDIR /baton
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY . .
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
RUN node scripts/build.mjs && npm prune --omit=dev --no-audit --no-fund --loglevel=error && rm -rf .next/cache

FROM node:24-slim
WORKDIR /baton
# The embedded Postgres does not run as root, and the data folder must outlive the container.
RUN useradd --system --create-home --home-dir /data baton
COPY --from=build --chown=baton:baton /baton /baton
USER baton
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 BATON_DATA=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health/ready`).then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--disable-warning=ExperimentalWarning", "server.ts"]
