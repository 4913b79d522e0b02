import type { ConnectionTest } from "#lib/sumo/connection.ts";
import { formatBytes } from "../../../_ui/bytes.ts";

const number = (value: number) => value.toLocaleString("en-GB");

/** What a test saw, in sentences. */
export function testSentences(test: ConnectionTest): string[] {
  const { messages, minutes, bytesScanned, records, known } = test;
  const scanned = `Sumo Logic scanned ${formatBytes(bytesScanned)}.`;
  if (messages === 0) {
    return [
      `Sumo Logic answers, and holds no message for this query in the last ${minutes} minutes.`,
      `${scanned} That may be right at a quiet time; otherwise check the source categories.`,
    ];
  }
  const atLeast = test.isTruncated ? "at least " : "";
  const found = `Sumo Logic answers: ${atLeast}${number(messages)} ${messages === 1 ? "message" : "messages"} in the last ${minutes} minutes. ${scanned}`;
  const share = records === 0 ? 0 : Math.floor((100 * known) / records);
  const read =
    known === records
      ? `Barnacle can read all ${number(records)} records that it looked at.`
      : `Barnacle can read ${number(known)} of the ${number(records)} records that it looked at (${share} %); the others are of no log that it knows.`;
  return [found, read];
}
