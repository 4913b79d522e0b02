import type { RowList } from "#lib/organisation/columns.ts";
import type { OrganisationList } from "#lib/organisation/organisation.ts";

/** What each list is called, and what it is good for. */
export const LIST_WORDS = {
  networks: {
    title: "Networks",
    one: "network",
    some: "networks",
    about: "An address in one of them is shown as an own network, and not as an external address.",
  },
  accounts: {
    title: "Accounts",
    one: "account",
    some: "accounts",
    about:
      "AWS accounts and organisations, Azure subscriptions and tenants, Google Cloud projects and domains, registries. Their names stand beside their numbers; what is shared with an own one stays inside; alerts in important ones weigh more.",
  },
  applications: {
    title: "Applications",
    one: "application",
    some: "applications",
    about: "Azure applications and Google Cloud service accounts, by the ids that logs know them by.",
  },
  images: {
    title: "Images",
    one: "pattern",
    some: "patterns",
    about: "Alerts on an image whose key fits one of these patterns weigh more. * stands for anything.",
  },
  hours: {
    title: "Hours",
    one: "working hours",
    some: "working hours",
    about: "What a person does outside of them weighs more. Workloads know no hours.",
  },
} as const satisfies Record<OrganisationList, { title: string; one: string; some: string; about: string }>;

export const COLUMN_WORDS: Readonly<Record<string, { label: string; hint: string }>> = {
  network: { label: "Network", hint: "198.51.100.0/24, or one address" },
  name: { label: "Name", hint: "As people call it" },
  platform: { label: "Platform", hint: "" },
  id: { label: "Id", hint: "12 digits, a subscription, a project, a domain, a host" },
  owner: { label: "Owner", hint: "Whom to ask: a team or a person" },
  importance: { label: "Importance", hint: "" },
  own: { label: "Own", hint: "No: somebody else's, which stays foreign" },
  pattern: { label: "Pattern", hint: "*/base/*, or a key as an alert shows it" },
  note: { label: "Note", hint: "Why it matters" },
};

/** What a field that is a choice offers. */
export function optionsOf(list: RowList, column: string): { value: string; label: string }[] | null {
  if (column === "platform") return list === "applications" ? PLATFORM_OPTIONS.slice(1, 3) : PLATFORM_OPTIONS;
  if (column === "importance") return IMPORTANCE_OPTIONS;
  return column === "own" ? OWN_OPTIONS : null;
}

const PLATFORM_OPTIONS = [
  { value: "aws", label: "AWS" },
  { value: "azure", label: "Azure" },
  { value: "gcp", label: "Google Cloud" },
  { value: "container", label: "Registry" },
];
const IMPORTANCE_OPTIONS = [
  { value: "normal", label: "normal" },
  { value: "high", label: "high" },
  { value: "critical", label: "critical" },
];
const OWN_OPTIONS = [
  { value: "yes", label: "yes" },
  { value: "no", label: "no" },
];

/** A cell as people read it. */
export function cellWords(list: RowList, column: string, value: string): string {
  return optionsOf(list, column)?.find((option) => option.value === value)?.label ?? value;
}

/** `3 accounts`. */
export function countWords(list: RowList, count: number): string {
  const { one, some } = LIST_WORDS[list];
  return `${count.toLocaleString("en-GB")} ${count === 1 ? one : some}`;
}
