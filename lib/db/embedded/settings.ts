import type { SpawnOptions } from "node:child_process";
import { statfsSync } from "node:fs";
import type { Owner } from "./system-user.ts";

/** Suits a machine of 1 to 4 GB. Given on the command line, so that a new version of ours changes them. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  // A socket's path may have 107 bytes, which a folder of people's choosing easily exceeds; everything goes over TCP.
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "32MB",
  maintenance_work_mem: "256MB",
  wal_compression: "on",
  max_wal_size: "2GB",
  checkpoint_timeout: "15min",
  random_page_cost: "1.1",
  jit: "off",
  fsync: "on",
  synchronous_commit: "on",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // Statements and details carry what was in people's logs, which has no place in ours.
  log_error_verbosity: "terse",
  log_min_error_statement: "panic",
} as const;

export function serverArguments(dataFolder: string, port: number): string[] {
  const settings = { ...SETTINGS, ...sharedMemory(), port: String(port) };
  return [
    "-D",
    dataFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

/** How PostgreSQL's processes are started: nothing of our environment reaches them, nor does our working folder. */
export function serverProcess(owner: Owner | undefined): Pick<SpawnOptions, "cwd" | "env" | "uid" | "gid"> {
  const env: Record<string, string> = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  return { cwd: "/", env: env as NodeJS.ProcessEnv, ...owner };
}

/** Containers often have 64 MB of shared memory, where parallel queries fail for want of space. */
function sharedMemory(): Record<string, string> {
  if (process.platform !== "linux") return {};
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize < 512 * 1024 ** 2 ? { dynamic_shared_memory_type: "mmap" } : {};
  } catch {
    return { dynamic_shared_memory_type: "mmap" };
  }
}
