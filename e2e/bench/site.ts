import { setTimeout as sleep } from "node:timers/promises";
import { auth } from "#lib/access/auth.ts";
import { createFirstAdminLink, join } from "#lib/access/commands/links.ts";
import { newDataFolder, removeDataFolder, runBarnacle } from "#lib/start/testing/run-barnacle.ts";
import { p95 } from "./figure.ts";
import { SECRET } from "./secret.ts";

const WARM_UP = 5;
const ROUNDS = 40;

/** The application as people use it, on the bench's database, asked as somebody who is signed in. */
export type Site = {
  /** Where its worker finds what was uploaded. */
  dataFolder: string;
  /** The text of a page; throws when it is not given. */
  read(path: string): Promise<string>;
  /** Milliseconds until a page is there whole, of 95 in 100 requests, one at a time. */
  p95(path: string): Promise<number>;
  /** The same, in as many requests as are answered until something is done. Throws when it is done before there are enough. */
  p95Until(path: string, done: Promise<unknown>): Promise<number>;
};

export async function onSite(connectionString: string, run: (site: Site) => Promise<void>): Promise<void> {
  const cookie = await signIn();
  const folder = await newDataFolder();
  const barnacle = runBarnacle(folder, { DATABASE_URL: connectionString, BARNACLE_SECRET: SECRET });
  try {
    const url = await barnacle.url();
    const read = async (path: string) => {
      const response = await fetch(`${url}${path}`, { headers: { cookie }, redirect: "manual" });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}.`);
      return text;
    };
    const measure = async (path: string, isEnough: (rounds: number) => boolean) => {
      for (let round = 0; round < WARM_UP; round++) await read(path);
      const times: number[] = [];
      while (!isEnough(times.length)) {
        const start = performance.now();
        await read(path);
        times.push(performance.now() - start);
        await sleep(5);
      }
      return p95(times);
    };
    const p95Until = async (path: string, done: Promise<unknown>) => {
      let isDone = false;
      let enough = 0;
      const end = done.finally(() => {
        isDone = true;
      });
      end.catch(() => {});
      const value = await measure(path, (rounds) => {
        enough = rounds;
        return isDone;
      });
      await end;
      if (enough < ROUNDS) throw new Error(`${path} was read ${enough} times only: take a greater scale.`);
      return value;
    };
    await run({
      dataFolder: folder,
      read,
      p95: (path) => measure(path, (rounds) => rounds >= ROUNDS),
      p95Until,
    });
  } finally {
    barnacle.child.kill("SIGTERM");
    await barnacle.exit;
    await removeDataFolder(folder);
  }
}

/** The cookie of an admin, made anew on the first call. */
async function signIn(): Promise<string> {
  const who = { name: "Bench", email: "bench@example.com", password: "correct horse battery" };
  const token = await createFirstAdminLink(new Date());
  if (token !== null) await join(token, who, new Date());
  const { headers } = await auth().api.signInEmail({ body: who, returnHeaders: true });
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
