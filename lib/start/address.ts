import { createServer } from "node:net";
import type { Env } from "#lib/env.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";

const EVERY_ADDRESS = new Set(["0.0.0.0", "::", ""]);
const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

/** Whether a server can listen there, asked before anything else is started; otherwise a sentence that says why not. */
export function checkPort(host: string, port: number): Promise<Outcome<undefined, string>> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on("error", (error) => resolve(failure(explainListenError(error, host, port))));
    server.listen(port, host, () => server.close(() => resolve(success())));
  });
}

/** A sentence for a person. */
export function explainListenError(error: Error, host: string, port: number): string {
  const code = "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") {
    return `Port ${port} on ${host} is in use. Stop the other program or set PORT.`;
  }
  if (code === "EACCES") return `Port ${port} on ${host} may not be opened by this user. Set PORT.`;
  return `${host} is not an address of this machine (${code ?? error.message}). Set HOST.`;
}

/** The address under which people reach the application. */
export function publicUrl(env: Env, port: number): string {
  if (env.publicUrl) return env.publicUrl;
  const isAtHome = LOOPBACK.has(env.host) || EVERY_ADDRESS.has(env.host);
  return `http://${isAtHome ? "localhost" : asUrlHost(env.host)}:${port}`;
}

/** The address under which we ourselves reach it. */
export function ownUrl(host: string, port: number): string {
  if (host === "::") return `http://[::1]:${port}`;
  return `http://${EVERY_ADDRESS.has(host) ? "127.0.0.1" : asUrlHost(host)}:${port}`;
}

function asUrlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
