/** The lists of an organisation that have rows. */
export const ROW_LISTS = ["networks", "accounts", "applications", "images"] as const;
export type RowList = (typeof ROW_LISTS)[number];

/** A row as somebody writes it, in a form or a line of CSV: by the names of COLUMNS. */
export type RowDraft = Readonly<Record<string, string>>;

/** What each list's rows are written with, and in CSV files in this order. */
export const COLUMNS = {
  networks: ["network", "name"],
  accounts: ["platform", "id", "name", "owner", "importance", "own"],
  applications: ["platform", "id", "name", "owner"],
  images: ["pattern", "importance", "note"],
} as const satisfies Record<RowList, readonly string[]>;

/** Those that name a row; they cannot be changed. */
export const KEY_COLUMNS = {
  networks: ["network"],
  accounts: ["platform", "id"],
  applications: ["platform", "id"],
  images: ["pattern"],
} as const satisfies Record<RowList, readonly string[]>;

/** Those that may be left out of a file. */
export const OPTIONAL_COLUMNS: readonly string[] = ["owner", "importance", "own", "note"];

/** How many rows a list may have. Each image pattern is tried on each new image. */
export const MOST_ROWS = { networks: 10_000, accounts: 10_000, applications: 10_000, images: 500 } as const;
