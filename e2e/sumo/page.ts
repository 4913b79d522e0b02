import type { Faults } from "./faults.ts";
import type { Job, Page } from "./job.ts";
import { Refusal } from "./refusal.ts";

/** Whatever is asked for, a page has no more rows. */
const MAX_ROWS = 10_000;

type Asking = { kind: "messages" | "records"; parameters: URLSearchParams; maxBytes: number; faults: Faults };

export function pageOf(job: Job, { kind, parameters, maxBytes, faults }: Asking): Page {
  const offset = numberOf(parameters, "offset", "no-offset");
  if (offset < 0) throw new Refusal("bad-offset");
  const asked = numberOf(parameters, "limit", "no-limit");
  if (asked === 0) throw new Refusal("zero-limit");
  if (asked < 0) throw new Refusal("bad-limit");
  const limit = Math.min(asked, MAX_ROWS);

  const overlap = offset > 0 && faults.strike("overlapping-page", "page") ? Math.min(offset, 7) : 0;
  const page = job[kind](offset - overlap, limit);
  const rows = within(maxBytes, page.rows);
  if (rows.length > 0 && faults.strike("empty-page", "page")) return { ...page, rows: [] };
  if (rows.length > 1 && faults.strike("short-page", "page")) {
    return { ...page, rows: rows.slice(0, Math.ceil(rows.length / 2)) };
  }
  const first = rows[0];
  if (first && rows.length > 1 && faults.strike("repeated-row", "page")) {
    return { ...page, rows: [first, ...rows.slice(0, -1)] };
  }
  return { ...page, rows };
}

function numberOf(parameters: URLSearchParams, name: string, whenMissing: "no-offset" | "no-limit"): number {
  const text = parameters.get(name);
  if (text === null || text === "") throw new Refusal(whenMissing);
  if (!/^-?\d{1,15}$/.test(text)) throw new Refusal("generic");
  return Number(text);
}

/** At least one row, however large. */
function within(maxBytes: number, rows: Page["rows"]): Page["rows"] {
  let bytes = 0;
  const end = rows.findIndex((row, at) => {
    bytes += Buffer.byteLength(row._raw ?? "");
    return at > 0 && bytes > maxBytes;
  });
  return end < 0 ? rows : rows.slice(0, end);
}
