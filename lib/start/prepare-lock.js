import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const HEARTBEAT_MS = 2_000;
const STALE_MS = 30_000;

/** Does the work while no other process does such work in this folder. A killed holder's lock is taken over. */
export async function withLock(file, say, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), since: Date.now() });
  for (let isTold = false; !take(file, mine); isTold = true) {
    if (!isTold) say("Another command is preparing this folder; waiting for it…");
    await sleep(300);
  }

  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  const release = () => {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  };
  process.on("exit", release);
  try {
    await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

function take(file, mine) {
  try {
    writeFileSync(file, mine, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return removeIfStale(file) && take(file, mine);
  }
}

/** True when it is worth trying again at once. */
function removeIfStale(file) {
  try {
    const held = readFileSync(file, "utf8");
    if (!isStale(held, statSync(file).mtimeMs)) return false;
    const aside = `${file}.${process.pid}`;
    renameSync(file, aside);
    // Two that wait may judge the same lock, and the slower one move the lock of the faster: that one goes back.
    if (readFileSync(aside, "utf8") === held) rmSync(aside);
    else renameSync(aside, file);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return true;
}

function isStale(held, touchedMs) {
  if (Date.now() - touchedMs > STALE_MS) return true;
  try {
    const { pid, host } = JSON.parse(held);
    if (host === hostname()) process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function touch(file) {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Whoever removed it knows why.
  }
}
