import type { RowList } from "../columns.ts";

/** Where each list is stored. Identifiers of ours, put into SQL as they are. */
export const LIST_TABLES = {
  networks: {
    table: "own_network",
    key: "cidr",
    row: "cidr text, name text",
    from: "cidr, name",
    as: "cidr, name",
    search: "cidr || ' ' || name",
  },
  accounts: {
    table: "cloud_account",
    key: "platform, id",
    row: `platform text, id text, name text, owner text, importance text, "isOwn" boolean`,
    from: `platform, id, name, owner, importance, "isOwn" as is_own`,
    as: `platform, id, name, owner, importance, is_own as "isOwn"`,
    search: "platform || ' ' || id || ' ' || name || ' ' || coalesce(owner, '')",
  },
  applications: {
    table: "cloud_application",
    key: "platform, id",
    row: "platform text, id text, name text, owner text",
    from: "platform, id, name, owner",
    as: "platform, id, name, owner",
    search: "platform || ' ' || id || ' ' || name || ' ' || coalesce(owner, '')",
  },
  images: {
    table: "image_importance",
    key: "pattern",
    row: "pattern text, importance text, note text",
    from: "pattern, importance, note",
    as: "pattern, importance, note",
    search: "pattern || ' ' || coalesce(note, '')",
  },
} as const satisfies Record<
  RowList,
  { table: string; key: string; row: string; from: string; as: string; search: string }
>;

/** The SQL of a row's `rowKey`. */
export const ROW_KEYS = {
  networks: "cidr",
  accounts: "platform || ' ' || id",
  applications: "platform || ' ' || id",
  images: "pattern",
} as const satisfies Record<RowList, string>;
