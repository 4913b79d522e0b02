import { awsServiceOf } from "./aws-service.ts";
import type { Platform } from "./event.ts";
import { MAPPED_FIELDS, type MappedField } from "./mapped-field.ts";
import { readTime } from "./mapped-time.ts";
import type { FieldSource, TableMapping } from "./table-mapping.ts";

/** How programs call the column of a field: letters and digits alone, in lower case, the surest first. */
const NAMES: Readonly<Record<MappedField, readonly string[]>> = {
  time: [
    ...["eventtime", "timestamp", "time", "datetime", "timegenerated", "eventtimestamp", "occurredat"],
    ...["createdat", "created", "eventdate", "logtime", "requesttime", "starttime", "date", "when", "ts"],
  ],
  operation: [
    ...["eventname", "operationname", "operationnamevalue", "operation", "action", "methodname", "apicall"],
    ...["activity", "activitytype", "method", "api", "eventtype", "event", "command", "verb", "what"],
  ],
  platform: ["cloudprovider", "cloudplatform", "platform", "cloud", "provider", "csp"],
  service: ["eventsource", "servicename", "service", "apiservice"],
  outcome: ["outcome", "result", "resulttype", "status", "statuscode", "httpstatus", "success", "allowed"],
  errorCode: ["errorcode", "error", "errormessage", "failurereason"],
  principal: [
    ...[
      "useridentityarn",
      "principalarn",
      "userarn",
      "principal",
      "actor",
      "caller",
      "username",
      "useremail",
    ],
    ...["user", "useridentity", "identity", "initiatedby", "email", "who", "subject"],
  ],
  session: ["sessionname", "sessionid", "session"],
  accessKey: ["useridentityaccesskeyid", "accesskeyid", "accesskey"],
  account: [
    ...["recipientaccountid", "accountid", "awsaccountid", "awsaccount", "account", "subscriptionid"],
    ...["subscription", "projectid", "project"],
  ],
  region: ["awsregion", "region", "location"],
  sourceIp: [
    ...["sourceipaddress", "sourceip", "srcip", "clientip", "callerip", "calleripaddress", "remoteip"],
    ...["ipaddress", "sourceaddress", "remoteaddress", "ip", "from"],
  ],
  userAgent: ["useragent", "clientapplication", "agent"],
  image: [
    ...["imageid", "amiid", "ami", "imagename", "image", "repositoryname", "repository", "resourceid"],
    ...["resourcename", "resource", "target", "object"],
  ],
  nativeId: ["eventid", "eventuid", "recordid", "logid", "id"],
  correlationId: ["correlationid", "operationid", "traceid"],
};
/** Shorter ones stand in too many others. */
const LEAST_PART = 5;

/** What people see of a table before they have named its columns: the cells of its first rows. */
type Seen = { columns: readonly string[]; rows: readonly (readonly string[])[] };

/** What the columns of a table may well hold, by their names and by what stands in them. For a person to check. */
export function guessMapping({ columns, rows }: Seen): Omit<TableMapping, "name"> {
  const free = new Map(columns.map((name) => [name, name.toLowerCase().replace(/[^a-z0-9]/g, "")]));
  const fields: Partial<Record<MappedField, FieldSource>> = {};
  const cells = (column: string) => rows.map((row) => row[columns.indexOf(column)] ?? "");
  const take = (field: MappedField, column: string | undefined) => {
    if (column === undefined) return;
    free.delete(column);
    fields[field] = { column };
  };
  const isTime = (column: string) => cells(column).some((cell) => isReadable(cell));
  take("time", named(free, "time", rows.length === 0 ? undefined : isTime) ?? [...free.keys()].find(isTime));
  for (const field of MAPPED_FIELDS) if (!fields[field]) take(field, named(free, field));

  const columnOf = (field: MappedField) => {
    const source = fields[field];
    return source && "column" in source ? source.column : undefined;
  };
  const [time, operation] = [columnOf("time"), columnOf("operation")];
  fields.platform ??= { value: platformOf(operation === undefined ? [] : cells(operation)) };
  const dayFirst =
    time !== undefined && cells(time).some((cell) => !isReadable(cell, false) && isReadable(cell));
  return { fields, zone: "UTC", dayFirst };
}

function isReadable(cell: string, dayFirst?: boolean): boolean {
  const ways = dayFirst === undefined ? [false, true] : [dayFirst];
  return ways.some((way) => readTime(cell, { zone: "UTC", dayFirst: way }).ok);
}

function named(
  free: ReadonlyMap<string, string>,
  field: MappedField,
  fits: (column: string) => boolean = () => true,
): string | undefined {
  const fitting = [...free].filter(([column]) => fits(column));
  for (const name of NAMES[field]) {
    const exact = fitting.find(([, plain]) => plain === name);
    if (exact) return exact[0];
  }
  for (const name of NAMES[field].filter(({ length }) => length >= LEAST_PART)) {
    const part = fitting.find(([, plain]) => plain.startsWith(name) || plain.endsWith(name));
    if (part) return part[0];
  }
  return undefined;
}

function platformOf(operations: readonly string[]): Platform {
  const some = (form: RegExp) => operations.some((operation) => form.test(operation));
  if (some(/^microsoft\./i)) return "azure";
  if (some(/(^|\.)compute\.\w+\.\w+$|^google\.|^Docker-\w+$/)) return "gcp";
  const isAws = operations.length === 0 || some(/:/) || some(/^[A-Z][a-z]+[A-Z]/);
  return isAws || operations.some((operation) => awsServiceOf(operation) !== null) ? "aws" : "container";
}
