import { log } from "#lib/log.ts";

/**
 * Runs `stop` once and ends this process, when the supervisor says so or is gone. A terminal's Ctrl-C and npm's
 * forwarding may say it several times.
 */
export function onStop(stop: () => Promise<void>): void {
  let isStopping = false;
  const begin = async () => {
    if (isStopping) return;
    isStopping = true;
    try {
      await stop();
      process.exit(0);
    } catch (error) {
      log.error({ err: error }, "could not stop in order");
      process.exit(1);
    }
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, begin);
  process.on("disconnect", begin);
  if (process.send && !process.connected) void begin();
}
