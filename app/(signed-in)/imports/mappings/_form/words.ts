import type { MappedField } from "#lib/logs/normalize/mapped-field.ts";

type FieldWords = { label: string; hint?: string };

export const FIELD_WORDS = {
  time: { label: "Time" },
  operation: { label: "Operation", hint: "As the cloud names it, or ec2:CreateImage" },
  platform: { label: "Platform" },
  service: {
    label: "Service",
    hint: "Else told from the operation, where it can be",
  },
  outcome: { label: "Outcome", hint: "A word such as denied, or a status of HTTP" },
  errorCode: { label: "Error code", hint: "Where there is none, the call went well" },
  principal: { label: "Principal", hint: "An ARN, a name or an address of mail" },
  session: { label: "Session" },
  accessKey: { label: "Access key" },
  sourceIp: { label: "Source address" },
  userAgent: { label: "User agent" },
  account: { label: "Account", hint: "Account, subscription or project" },
  region: { label: "Region" },
  image: { label: "Image", hint: "An AMI, a repository with its tag, a resource id" },
  nativeId: { label: "Record id" },
  correlationId: { label: "Correlation id", hint: "Shared by the records of one operation" },
} as const satisfies Record<MappedField, FieldWords>;

/** The order of an analyst's questions: what, by whom, on what. */
export const SECTIONS: readonly { title: string; fields: readonly MappedField[] }[] = [
  { title: "What happened", fields: ["operation", "platform", "service", "outcome", "errorCode"] },
  { title: "Who, and from where", fields: ["principal", "session", "accessKey", "sourceIp", "userAgent"] },
  { title: "On what", fields: ["image", "account", "region", "nativeId", "correlationId"] },
];

export function fieldLabel(field: MappedField): string {
  return FIELD_WORDS[field].label;
}

/** A column's name; some have none. */
export function columnWords(name: string): string {
  return name.replace(/^(?= \(\d+\)$|$)/, "(no name)");
}
