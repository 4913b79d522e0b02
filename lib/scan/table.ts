import { printable } from "./printable.ts";
import type { Finding } from "./scan.ts";

type Column = { title: string; width: number; cell: (finding: Finding) => string };

const EXTERNAL = new Map<boolean | null, string>([
  [true, "external"],
  [false, "internal"],
  [null, "unknown"],
]);

const COLUMNS: readonly Column[] = [
  { title: "TIME", width: 20, cell: ({ time }) => time.replace(/\.\d+Z$/, "Z") },
  { title: "PLATFORM", width: 8, cell: ({ platform }) => platform },
  { title: "OPERATION", width: 24, cell: ({ operation }) => operation },
  { title: "ACTOR", width: 44, cell: ({ actor }) => actor ?? "-" },
  { title: "SOURCE", width: 16, cell: ({ sourceIp }) => sourceIp ?? "-" },
  { title: "WHENCE", width: 8, cell: ({ isExternal }) => EXTERNAL.get(isExternal) ?? "" },
  { title: "OUTCOME", width: 7, cell: ({ outcome }) => outcome },
  { title: "IMAGE", width: 44, cell: ({ image }) => image ?? "-" },
  { title: "RULE", width: 36, cell: ({ rule }) => rule },
  { title: "RECORD", width: 0, cell: ({ file, record }) => `${file}:${record}` },
];

export function tableHeader(): string {
  return COLUMNS.map(({ title, width }) => title.padEnd(width)).join("  ");
}

/** One line; what is too long is cut in the middle, so that both telling ends stay. */
export function tableRow(finding: Finding): string {
  return COLUMNS.map(({ width, cell }) => {
    const text = printable(cell(finding));
    return width === 0 ? text : shorten(text, width).padEnd(width);
  }).join("  ");
}

function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const head = Math.floor((width - 1) / 3);
  return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}
