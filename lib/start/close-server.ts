import type { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Watches a server from its beginning, and gives the function that closes it: no more connections are taken, idle ones
 * and event streams end at once, running requests have `graceMs` to finish.
 */
export function closeInOrder(server: Server, graceMs: number): () => Promise<void> {
  const open = new Set<ServerResponse>();
  server.on("request", (_request, response) => {
    open.add(response);
    response.on("close", () => open.delete(response));
  });

  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const response of open) {
      if (isStream(response)) response.destroy();
      if (!response.headersSent) response.setHeader("connection", "close");
    }
    const idle = setInterval(() => server.closeIdleConnections(), 100);
    await Promise.race([closed, sleep(graceMs)]);
    clearInterval(idle);
    server.closeAllConnections();
  };
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader("content-type")).startsWith("text/event-stream");
}
