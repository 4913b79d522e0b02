import { parseArgs } from "node:util";
import { z } from "zod";
import { DEPLOYMENT_CODES, DEPLOYMENTS, isDeployment, parseApiUrl } from "../deployment.ts";

export const USAGE = `Usage: npm run -s sumo -- search WHERE --query QUERY --from TIME --to TIME [--by receipt] [--records]
       npm run -s sumo -- pull WHERE [--query QUERY] --from TIME --to TIME [--by receipt]

search prints what one search gives, one JSON object a line; with --records the rows of a query that counts or groups.
pull prints the original records, one a line, in as many searches as Sumo Logic's limit takes.

WHERE is one of
  --connection NAME    a connection of Barnacle; pull takes its query
  --deployment CODE    ${DEPLOYMENT_CODES.join(", ")}, or an address that ends in /api/;
                       with SUMO_ACCESS_ID and SUMO_ACCESS_KEY in the environment
TIME is a date (its start, in UTC) or a time with its zone: 2026-01-31T08:00:00Z, 2026-01-31T08:00:00+01:00.
--by receipt goes by when Sumo Logic received a message, not by the time that it tells.
Progress goes to standard error. Exit code 0: all of it was printed; 1: it was not; 2: wrong use.
`;

/** What a person typed is not what the command takes; the message says why. */
export class WrongUse extends Error {}

export type Where = { connection: string } | { apiUrl: string };

export type Asked = {
  command: "search" | "pull";
  where: Where;
  query: string | undefined;
  from: number;
  to: number;
  by: "message" | "receipt";
  kind: "messages" | "records";
};

const OPTIONS = {
  connection: { type: "string" },
  deployment: { type: "string" },
  query: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  by: { type: "string", default: "message" },
  records: { type: "boolean", default: false },
} as const;

/** Throws WrongUse. */
export function readAsked(args: readonly string[]): Asked {
  const { values, positionals } = parsed(args);
  const command = positionals[0];
  if ((command !== "search" && command !== "pull") || positionals.length > 1) {
    throw new WrongUse("Say search or pull.");
  }
  const where = readWhere(values.connection, values.deployment);
  const query = values.query?.trim() || undefined;
  if (!query && command === "search") throw new WrongUse("Give the query with --query.");
  if (!query && "apiUrl" in where) throw new WrongUse("Without a connection give the query with --query.");
  const { by, records } = values;
  if (by !== "message" && by !== "receipt") throw new WrongUse("--by is message or receipt.");
  if (records && command === "pull") throw new WrongUse("pull prints messages: --records goes with search.");
  const from = readTime("--from", values.from);
  const to = readTime("--to", values.to);
  if (from >= to) throw new WrongUse("--to has to be after --from.");
  return { command, where, query, from, to, by, kind: records ? "records" : "messages" };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

function readWhere(connection: string | undefined, deployment: string | undefined): Where {
  if (connection !== undefined && deployment !== undefined) {
    throw new WrongUse("Give --connection or --deployment, not both.");
  }
  if (connection !== undefined) return { connection };
  if (deployment === undefined) throw new WrongUse("Say where, with --connection or --deployment.");
  if (isDeployment(deployment)) return { apiUrl: DEPLOYMENTS[deployment].apiUrl };
  const isSafe = /^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/i.test(deployment);
  const address = parseApiUrl(deployment, [deployment]);
  if (address.ok && isSafe) return { apiUrl: address.value };
  throw new WrongUse(
    address.ok
      ? "Only to this machine itself does a key go without encryption: the address has to begin with https://."
      : `There is no deployment ${deployment}. It is one of ${DEPLOYMENT_CODES.join(", ")}, or a web address.`,
  );
}

const timeSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

function readTime(option: string, given: string | undefined): number {
  const text = timeSchema.safeParse(given);
  const time = text.success ? Date.parse(text.data) : Number.NaN;
  if (Number.isFinite(time) && time >= 0) return time;
  throw new WrongUse(`${option} has to be a date such as 2026-01-31 or a time such as 2026-01-31T08:00:00Z.`);
}
