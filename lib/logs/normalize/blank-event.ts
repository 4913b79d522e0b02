import type { LogEvent } from "./event.ts";

/** What an event says whose log says nothing more. */
export const BLANK_EVENT = {
  service: null,
  outcome: "unknown",
  errorCode: null,
  actor: null,
  principal: null,
  session: null,
  accessKey: null,
  account: null,
  region: null,
  sourceIp: null,
  isExternal: null,
  userAgent: null,
  nativeId: null,
  correlationId: null,
  images: [],
  subject: null,
  details: null,
} as const satisfies Omit<LogEvent, "id" | "occurredAt" | "platform" | "logSource" | "operation">;
