import { DuckDBInstance, listValue } from "@duckdb/node-api";
import { RULES } from "#lib/detection/rules.ts";

/** What `scan` is measured against: the same operations out of the same JSON Lines, printed with what tells of them. */
const [file = ""] = process.argv.slice(2);
const operations = RULES.flatMap(({ match }) =>
  match.flatMap(({ platform, operation }) =>
    platform === "aws" && Array.isArray(operation) ? operation : [],
  ),
);

const database = await DuckDBInstance.create(":memory:");
const connection = await database.connect();
const result = await connection.runAndReadAll(
  `select eventTime, eventName, eventSource, sourceIPAddress, userIdentity, requestParameters
   from read_json($1, format = 'newline_delimited', columns = {eventTime: 'VARCHAR', eventName: 'VARCHAR',
     eventSource: 'VARCHAR', sourceIPAddress: 'VARCHAR', userIdentity: 'JSON', requestParameters: 'JSON'})
   where eventName in (select unnest($2::varchar[]))`,
  [file, listValue(operations)],
);
for (const row of result.getRowObjectsJson()) process.stdout.write(`${JSON.stringify(row)}\n`);
