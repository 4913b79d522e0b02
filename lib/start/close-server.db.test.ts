import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { closeInOrder } from "./close-server.ts";

const LONG_MS = 60_000;

test("a running request is finished, though another connection idles and a stream is open", async () => {
  const { url, close, waiting } = await serve(LONG_MS);
  const stream = await fetch(`${url}/stream`);
  await (await fetch(`${url}/idle`)).text();
  const slow = fetch(`${url}/slow`);
  const response = await waiting;

  const closed = close();
  await expect(stream.text()).rejects.toThrow();
  response.end("done");
  expect(await (await slow).text()).toBe("done");
  await closed;
  await expect(fetch(`${url}/idle`)).rejects.toThrow();
});

test("a request that does not finish is cut off", async () => {
  const { url, close, waiting } = await serve(10);
  const slow = fetch(`${url}/slow`).catch(() => "cut off");
  await waiting;
  await close();
  expect(await slow).toBe("cut off");
});

async function serve(graceMs: number) {
  const waiting = Promise.withResolvers<ServerResponse>();
  const server = createServer();
  const close = closeInOrder(server, graceMs);
  server.on("request", (request, response) => {
    if (request.url === "/slow") return waiting.resolve(response);
    if (request.url === "/idle") return response.end("idle");
    response.setHeader("content-type", "text/event-stream");
    response.write(": hello\n\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, waiting: waiting.promise, close };
}
