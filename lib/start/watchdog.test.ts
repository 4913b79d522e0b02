import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

/** Runs a script beside a watchdog with a patience of one second; gives how it ended and what it complained about. */
async function watched(
  script: string,
): Promise<{ code: number | null; signal: string | null; said: string }> {
  const watch = 'import { watchEventLoop } from "#lib/start/watchdog.ts"; watchEventLoop(1);';
  const child = spawn(process.execPath, ["--input-type=module", "--eval", `${watch} ${script}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, said };
}

test("a process that turns for ever is ended, and says so", async () => {
  const { signal, said } = await watched("setTimeout(() => { for (;;); }, 100);");
  expect(signal).toBe("SIGKILL");
  expect(said).toContain("has stood still for 1 s and is ended.");
});

test("one that is long at work, but looks up, is not", async () => {
  const busy =
    "const end = Date.now() + 4000; while (Date.now() < end) await new Promise((resolve) => setTimeout(resolve));";
  expect(await watched(busy)).toEqual({ code: 0, signal: null, said: "" });
});
