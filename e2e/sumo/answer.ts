import type { ServerResponse } from "node:http";
import { setImmediate as breathe } from "node:timers/promises";
import type { Page } from "./job.ts";

export type Answer = {
  status: number;
  headers: Record<string, string | string[]>;
  /** A page is written row by row: as one text it would keep other requests waiting. */
  body: string | (Page & { kind: "messages" | "records" });
};

const ROWS_AT_ONCE = 250;

/** Sends an answer; `breaksOff`: half of it, and then the connection ends. */
export async function send(response: ServerResponse, answer: Answer, breaksOff = false): Promise<void> {
  response.writeHead(answer.status, { "Content-Type": "application/json;charset=utf-8", ...answer.headers });
  const pieces = [...piecesOf(answer.body)];
  const whole = breaksOff ? pieces.slice(0, Math.floor(pieces.length / 2)) : pieces;
  for (const rows of whole) {
    if (response.destroyed) return;
    response.write(rows());
    await breathe();
  }
  if (!breaksOff) {
    response.end();
    return;
  }
  const half = pieces[whole.length]?.() ?? "";
  response.write(half.slice(0, Math.floor(half.length / 2)), () => response.destroy());
}

function* piecesOf(body: Answer["body"]): Generator<() => string> {
  if (typeof body === "string") {
    yield () => body;
    return;
  }
  const { kind, fields, rows } = body;
  yield () => `{"warning":"","fields":${JSON.stringify(fields)},"${kind}":[`;
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.slice(at, at + ROWS_AT_ONCE);
    yield () => (at === 0 ? "" : ",") + some.map((map) => JSON.stringify({ map })).join(",");
  }
  yield () => "]}";
}
