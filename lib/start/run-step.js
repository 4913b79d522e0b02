import { spawn } from "node:child_process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const shell = process.ppid;

/** A step that could not be done: the message says which, the output why. */
export class StepFailed extends Error {
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}

/** Runs a program and keeps what it says to itself, unless it fails. */
export function runStep({ command, args, cwd, env }, complaint) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    const release = passSignalsTo(child, env);
    let output = "";
    const take = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding("utf8").on("data", take);
    child.stderr.setEncoding("utf8").on("data", take);
    child.on("error", (error) =>
      reject(new StepFailed(`${complaint} ${command}: ${error.message}.`, output)),
    );
    child.on("close", (code, signal) => {
      const received = release();
      if (received) process.kill(process.pid, received);
      else if (code === 0) resolve();
      else reject(new StepFailed(`${complaint} (${signal ?? `exit code ${code}`})`, output));
    });
  });
}

/**
 * Hands the signals that we get to a child, however often they come, for it is the child that ends us. Gives a
 * function that stops doing so and says which signal came last.
 */
export function passSignalsTo(child, env) {
  let received;
  const pass = (signal) => {
    received = signal;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  const unwatch = env.npm_lifecycle_event ? watchShell(() => pass("SIGTERM")) : () => {};
  return () => {
    for (const signal of SIGNALS) process.off(signal, pass);
    unwatch();
    return received;
  };
}

/** npm runs us in a shell, and hands its signals to that: some shells end and say nothing to us. */
function watchShell(onEnd) {
  const timer = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(timer);
    onEnd();
  }, 250).unref();
  return () => clearInterval(timer);
}
