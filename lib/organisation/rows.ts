import { z } from "zod";
import { type AddressNetwork, parseNetwork } from "#lib/logs/normalize/address.ts";
import { PLATFORMS, type Platform } from "#lib/logs/normalize/event.ts";
import { failure, type Outcome, success } from "#lib/outcome.ts";
import { COLUMNS, type RowDraft, type RowList } from "./columns.ts";
import {
  accountId,
  type CloudAccount,
  type CloudApplication,
  IMPORTANCES,
  type ImageImportance,
  type OwnNetwork,
} from "./organisation.ts";

export type RowOf = {
  networks: OwnNetwork;
  accounts: CloudAccount;
  applications: CloudApplication;
  images: ImageImportance;
};
export type AnyRow = RowOf[RowList];

const NAME_LENGTH = 120;
const ID_LENGTH = 200;
const NOTE_LENGTH = 300;

/** Why a field cannot be taken: what stands there, and what was expected. */
export type FieldFault = { column: string; value: string; expected: string };

/** Reads a row. What fields are missing counts as empty. */
export function parseRow<List extends RowList>(
  list: List,
  draft: RowDraft,
): Outcome<RowOf[List], FieldFault[]> {
  const columns = COLUMNS[list].map((column) => [column, draft[column] ?? ""] as const);
  const parsed = SCHEMAS[list].safeParse(Object.fromEntries(columns));
  if (parsed.success) return success(parsed.data as RowOf[List]);
  return failure(
    parsed.error.issues.map(({ path, message }) => {
      const column = String(path[0] ?? "");
      return { column, value: draft[column] ?? "", expected: message };
    }),
  );
}

/** The row as somebody would write it: `parseRow` gives it back. */
export function draftOf<List extends RowList>(list: List, row: RowOf[List]): RowDraft {
  const written: Record<string, string | null> = { ...(row as unknown as Record<string, string>) };
  if ("cidr" in row) written.network = row.cidr;
  if ("isOwn" in row) written.own = row.isOwn ? "yes" : "no";
  return Object.fromEntries(COLUMNS[list].map((column) => [column, written[column] ?? ""]));
}

/** What names a row within its list. */
export function rowKey(row: AnyRow): string {
  if ("cidr" in row) return row.cidr;
  return "pattern" in row ? row.pattern : `${row.platform} ${row.id}`;
}

const line = (most: number, expected: string) =>
  z
    .string()
    .trim()
    .refine((text) => text.length <= most && !/\p{Cc}/u.test(text) && text.isWellFormed(), {
      error: `${expected}, on one line, of at most ${most} characters`,
    });
const named = (what: string) =>
  line(NAME_LENGTH, what).refine((text) => text !== "", { error: `${what}; it may not be empty` });
const orNull = (text: string) => (text === "" ? null : text);
const owner = line(NAME_LENGTH, "a team or a person").transform(orNull);
const note = line(NOTE_LENGTH, "a remark").transform(orNull);

const choice = <Value extends string>(values: readonly Value[], fallback?: Value) =>
  z
    .string()
    .trim()
    .toLowerCase()
    .transform((text) => (text === "" && fallback !== undefined ? fallback : text))
    .pipe(z.enum(values as readonly [Value, ...Value[]], { error: `one of ${values.join(", ")}` }));

const OWN_WORDS: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  "": true,
  no: false,
  false: false,
};
const own = z
  .string()
  .trim()
  .toLowerCase()
  .refine((text) => Object.hasOwn(OWN_WORDS, text), {
    error: "yes, or no for an account of somebody else",
  })
  .transform((text) => OWN_WORDS[text] === true);

/** Of more than this everybody would be one of the organisation. */
const WIDEST = { ipv4: 8, ipv6: 16 } as const;
const network = z.string().transform((text, context) => {
  const found = parseNetwork(text);
  if (found && !isTooWide(found)) return found.text;
  const error = found
    ? "a network no wider than /8, or /16 of IPv6"
    : "an address or a CIDR block such as 198.51.100.0/24";
  context.addIssue({ code: "custom", message: error });
  return z.NEVER;
});

function isTooWide({ address, bits }: AddressNetwork): boolean {
  return bits < WIDEST[address.kind()];
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ACCOUNT_FORMS: Record<Platform, { form: RegExp; expected: string }> = {
  aws: {
    form: /^(\d{12}|o-[a-z0-9]{10,32})$/,
    expected: "an AWS account of 12 digits, or an organisation such as o-a1b2c3d4e5",
  },
  azure: { form: GUID, expected: "the id of a subscription or a tenant, such as 8f1f7a3e-…" },
  gcp: {
    form: /^[a-z0-9][a-z0-9.:-]{2,}$/i,
    expected: "the id or the number of a project, or a domain",
  },
  container: { form: /^\S+$/, expected: "the host of a registry" },
};
const APPLICATION_FORMS: Partial<Record<Platform, { form: RegExp; expected: string }>> = {
  azure: { form: GUID, expected: "the client id or the object id of an application, such as 8f1f7a3e-…" },
  gcp: { form: /^[\w.+-]+@[\w.-]+$/, expected: "the e-mail of a service account" },
};
const APPLICATION_PLATFORMS = ["azure", "gcp"] as const;

const id = line(ID_LENGTH, "an id").refine((text) => text !== "", { error: "an id; it may not be empty" });
type WithId = { platform: Platform; id: string };
const ofForm =
  (forms: Partial<Record<Platform, { form: RegExp; expected: string }>>) =>
  ({ platform, id }: WithId, context: z.RefinementCtx): void => {
    const wanted = forms[platform];
    if (wanted && !wanted.form.test(id))
      context.addIssue({ code: "custom", path: ["id"], message: wanted.expected });
  };
const withId = <Row extends WithId>(row: Row): Row => ({ ...row, id: accountId(row.platform, row.id) });

/** What is matched against image keys: a pattern of everything would say nothing. */
const pattern = line(ID_LENGTH, "the key of an image, in which * stands for anything").refine(
  (text) => text.replaceAll("*", "") !== "",
  { error: "the key of an image, in which * stands for anything, and not * alone" },
);

const SCHEMAS: { [List in RowList]: z.ZodType<RowOf[List]> } = {
  networks: z
    .strictObject({ network, name: named("a name for it") })
    .transform(({ network: cidr, name }) => ({ cidr, name })),
  accounts: z
    .strictObject({
      platform: choice(PLATFORMS),
      id,
      name: named("a name for it"),
      owner,
      importance: choice(IMPORTANCES, "normal"),
      own,
    })
    .superRefine(ofForm(ACCOUNT_FORMS))
    .transform(({ own: isOwn, ...row }) => withId({ ...row, isOwn })),
  applications: z
    .strictObject({ platform: choice(APPLICATION_PLATFORMS), id, name: named("a name for it"), owner })
    .superRefine(ofForm(APPLICATION_FORMS))
    .transform(withId),
  images: z.strictObject({ pattern, importance: choice(IMPORTANCES), note }),
};
