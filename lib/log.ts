import pino from "pino";
import { env } from "./env.ts";

/**
 * Structured log on standard output, one JSON object a line. Never pass it a record, a password, a token or a key:
 * name what happened and the ids that lead there.
 */
export const log = pino({
  level: env().logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ["*.password", "*.token", "*.secret", "*.connectionString", "*.accessKey"],
});
