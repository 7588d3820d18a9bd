# Two stages: the first compiles, the second carries only what runs. The steps themselves are scripts that the
# continuous integration runs as they are.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY . .
RUN sh scripts/container/build.sh

FROM node:22-bookworm-slim
ENV NODE_ENV=production MAHAKAM_MODE=production MAHAKAM_DATA_DIR=/data PORT=3000
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE /app/NOTICE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/bin ./bin
COPY --from=build /app/scripts ./scripts
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=10s --start-period=40s --retries=3 CMD ["node", "scripts/container/health.mjs"]
# Node itself is the first process: it handles SIGTERM and starts no child in production, so no init is needed.
STOPSIGNAL SIGTERM
CMD ["node", "dist/src/main.js"]
