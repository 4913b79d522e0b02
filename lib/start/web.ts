import { createServer } from "node:http";
import path from "node:path";
import next from "next";
import { env } from "#lib/env.ts";
import { log } from "#lib/log.ts";
import { explainListenError } from "./address.ts";
import { closeInOrder } from "./close-server.ts";
import { onStop } from "./on-stop.ts";

const GRACE_MS = 4_000;

const isDev = process.argv.includes("--dev");
const { host, port: wantedPort } = env();

const server = createServer({
  headersTimeout: 30_000,
  requestTimeout: 0, // An upload may take hours.
  keepAliveTimeout: 65_000, // Longer than a proxy's in front of us, or it would send into a closed connection.
});
const close = closeInOrder(server, GRACE_MS);
server.on("error", (error) => {
  log.fatal({ err: error }, "cannot listen");
  process.send?.({ refused: explainListenError(error, host, wantedPort) }, () => process.exit(1));
});
server.listen(wantedPort, host, begin);
// As Next's own server does: one request's mistake must not end the others.
process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled rejection"));

async function begin(): Promise<void> {
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : wantedPort;
  const dir = path.join(import.meta.dirname, "../..");
  const app = next({ dev: isDev, dir, hostname: host, port, httpServer: server });
  const ready = app.prepare();
  const handle = app.getRequestHandler();
  server.on("request", async (request, response) => {
    await ready;
    await handle(request, response);
  });
  onStop(async () => {
    await close();
    await app.close();
    log.info("web server stopped");
  });
  await ready;
  log.info({ port }, "web server started");
  process.send?.({ port });
}
