import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Outcome, success } from "#lib/outcome.ts";
import { type EmbeddedFailure, refuse } from "./failure.ts";

/** As whom PostgreSQL's processes run. */
export type Owner = { uid: number; gid: number };

const USER = "barnacle";
const run = promisify(execFile);

/** The user that runs PostgreSQL when we are root; made when it is missing. */
export async function ensureSystemUser(): Promise<Outcome<Owner, EmbeddedFailure>> {
  const existing = await findUser();
  if (existing) return success(existing);

  const useradd = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
  const adduser = ["--system", "--group", "--no-create-home", "--home", "/nonexistent"];
  const failed =
    (await attempt("useradd", [...useradd, "--shell", "/usr/sbin/nologin", USER])) &&
    (await attempt("adduser", [...adduser, "--shell", "/usr/sbin/nologin", USER]));

  // Looked up again even after a failure: another start may have made it meanwhile.
  const made = await findUser();
  if (made) return success(made);
  return refuse(
    "no-user",
    `PostgreSQL does not run as root, and the system user "${USER}" could not be made (${failed || "it is still missing"}). ` +
      "Make it, start as an ordinary user, or set DATABASE_URL.",
  );
}

async function findUser(): Promise<Owner | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", USER]), run("id", ["-g", USER])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function attempt(command: string, args: string[]): Promise<string | undefined> {
  try {
    await run(command, args);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? command) : command;
  }
}
