# Two images from one file: docker build --target api .   docker build --target worker .
# glibc, not Alpine: the ONNX runtime has no musl build.
FROM node:24-bookworm-slim AS base
ENV NODE_ENV=production
WORKDIR /app

FROM base AS sources
COPY . .

# Without development dependencies, and only what this app reaches. The mount keeps pnpm's store between builds.
FROM sources AS api-files
RUN --mount=type=cache,target=/pnpm-store,sharing=locked \
    npx --yes "$(node --print 'require("./package.json").packageManager')" \
      install --frozen-lockfile --prod --filter-prod '@inferq/api...' --store-dir /pnpm-store --package-import-method copy

FROM sources AS worker-files
RUN --mount=type=cache,target=/pnpm-store,sharing=locked \
    npx --yes "$(node --print 'require("./package.json").packageManager')" \
      install --frozen-lockfile --prod --filter-prod '@inferq/worker...' --store-dir /pnpm-store --package-import-method copy
# The ONNX runtime ships every platform's binaries and a browser build: 400 MB that can never run here.
RUN set -eu; \
    keep="$(node --print process.arch)"; \
    for runtime in node_modules/.pnpm/onnxruntime-node@*/node_modules/onnxruntime-node/bin/napi-v*; do \
      find "$runtime" -mindepth 1 -maxdepth 1 ! -name linux -exec rm -rf {} +; \
      find "$runtime/linux" -mindepth 1 -maxdepth 1 ! -name "$keep" -exec rm -rf {} +; \
    done; \
    rm -rf node_modules/.pnpm/onnxruntime-web@* node_modules/.pnpm/@ff*-installer*
# The default model, so that a worker without a way to the network has one.
RUN cd apps/worker && node --input-type=module \
      --eval 'await (await import("@inferq/engines")).ensureUseLiteEn("/var/lib/inferq/models")'

FROM base AS runtime
ENV INFERQ_DATA_DIR=/var/lib/inferq
# Made here, so that volumes mounted there belong to the user that writes to them.
RUN mkdir -p /var/lib/inferq/files /var/lib/inferq/models && chown -R node:node /var/lib/inferq
USER node

FROM runtime AS api
COPY --from=api-files /app /app
ENV HOST=0.0.0.0 PORT=8008
EXPOSE 8008
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["node", "--eval", \
  "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "apps/api/src/main.ts"]

# No HEALTHCHECK: a worker has no port. Its heartbeat is what tells whether it works; see GET /v1/workers.
FROM runtime AS worker
USER root
# Debian's ffmpeg, which gets security updates; the one among the npm packages is for trying out.
RUN apt-get update && apt-get install --yes --no-install-recommends ffmpeg && rm -rf /var/lib/apt/lists/*
USER node
COPY --from=worker-files /app /app
COPY --from=worker-files --chown=node:node /var/lib/inferq/models /var/lib/inferq/models
CMD ["node", "apps/worker/src/main.ts"]
