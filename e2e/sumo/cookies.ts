import { randomBytes } from "node:crypto";
import type { Job } from "./job.ts";
import { Refusal } from "./refusal.ts";

const WEEK_MS = 7 * 86_400_000;

/** What sends the following requests to the node that runs the job. */
export function cookiesOf(job: Job): string[] {
  return [routingCookie(), `JSESSIONID=${job.session}; Path=/api; HttpOnly`];
}

/** New with each answer. */
export function routingCookie(): string {
  const expires = new Date(Date.now() + WEEK_MS).toUTCString();
  return `AWSALB=${randomBytes(24).toString("base64")}; Expires=${expires}; Path=/`;
}

/** Another node does not know the job. */
export function checkCookies(header: string | undefined, job: Job): void {
  const cookies = new Map((header ?? "").split(/;\s*/).map((pair) => splitOnce(pair)));
  if (!cookies.get("AWSALB") || cookies.get("JSESSIONID") !== job.session) throw new Refusal("no-job");
}

function splitOnce(pair: string): [string, string] {
  const at = pair.indexOf("=");
  return [pair.slice(0, at), pair.slice(at + 1)];
}
