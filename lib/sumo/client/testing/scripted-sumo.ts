import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Asked } from "../../refusal.ts";

export type Heard = { asked: Asked; path: string; headers: IncomingHttpHeaders; body: string };

/** What is answered: JSON, unless `body` is a text; or the connection ends, `dropped`, or half of the answer comes. */
export type Scripted =
  | { status?: number; headers?: Record<string, string | string[]>; body?: unknown; isHalf?: boolean }
  | "dropped";

/** By operation, and for each the answer to the next request; the last one stays. */
export type Script = Partial<Record<Asked, Scripted[]>>;

export const JOB_ID = "37589506F194FC80";

export const CREATED: Scripted = {
  status: 202,
  headers: {
    Location: `https://api.sumologic.com/api/v1/search/jobs/${JOB_ID}`,
    "Set-Cookie": [
      "AWSALB=balancer; Expires=Wed, 01 Jan 2031 00:00:00 GMT; Path=/",
      "JSESSIONID=node0x; Path=/api",
    ],
  },
  body: { id: JOB_ID, link: { rel: "self", href: "" } },
};

export function status(state: string, more: object = {}): Scripted {
  const warning =
    "You must enable cookies for subsequent requests to the search job. A 404 status may be due to it.";
  return { body: { warning, state, messageCount: 0, recordCount: 0, ...more } };
}

export function done(messageCount: number, more: object = {}): Scripted {
  return status("DONE GATHERING RESULTS", { messageCount, ...more });
}

/** Messages by number, with ids that no double holds. */
export function page(numbers: readonly number[]): Scripted {
  return { body: { warning: "", fields: [], messages: numbers.map((number) => ({ map: message(number) })) } };
}

function message(number: number): Record<string, string> {
  return {
    _messageid: messageId(number),
    _blockid: "-9223372036854775669",
    _raw: `{"n":${number}}`,
    _sourceCategory: "a",
  };
}

export function messageId(number: number): string {
  return String(-9_223_372_036_854_773_763n + BigInt(number));
}

export function refusal(statusCode: number, code: string, headers: Record<string, string> = {}): Scripted {
  return {
    status: statusCode,
    headers,
    body: { status: statusCode, id: "IUUQI-DGH5I", code, message: `It is ${code}.` },
  };
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

export type ScriptedSumo = { apiUrl: string; heard: Heard[]; stop(): Promise<void> };

/** A server that says what the script says, and remembers what it heard. */
export async function startScriptedSumo(script: Script): Promise<ScriptedSumo> {
  const heard: Heard[] = [];
  const answers: Script = {
    create: [CREATED],
    delete: [{ body: { id: JOB_ID } }],
    ...structuredClone(script),
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const asked = askedBy(request.method ?? "", path);
    heard.push({ asked, path, headers: request.headers, body: await text(request) });
    const queue = answers[asked] ?? [];
    const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? refusal(500, "not.in.the.script");
    send(response, answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    heard,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function askedBy(method: string, path: string): Asked {
  if (method === "POST") return "create";
  if (method === "DELETE") return "delete";
  return /\/(messages|records)\?/.test(path) ? "page" : "status";
}

function send(response: ServerResponse, answer: Scripted): void {
  if (answer === "dropped") {
    response.destroy();
    return;
  }
  const body = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {});
  response.writeHead(answer.status ?? 200, { "Content-Type": "application/json", ...answer.headers });
  if (!answer.isHalf) response.end(body);
  else response.write(body.slice(0, body.length / 2), () => response.destroy());
}
