import type { Outcome } from "#lib/outcome.ts";
import { type FormsSeen, formText, type LogForm } from "./form.ts";
import type { Passing } from "./passing.ts";
import { type Output, Peekable } from "./peekable.ts";
import type { ReadItem, ReadLimits, Unreadable, UnreadReason, UnreadRecord } from "./record.ts";

/** A file in an archive. Its name is anybody's word: it is shown, and never a path to anything. */
export type ArchiveEntry = { name: string; bytes: AsyncIterable<Buffer> } | { name: string; problem: string };

const MAX_NAME_LENGTH = 1000;

type Opened = { form: LogForm; seen: FormsSeen; items: AsyncGenerator<ReadItem[]> };

export type Archive = {
  open: (file: Peekable) => Promise<Outcome<Opened, Unreadable>>;
  seen: FormsSeen;
  delivery: { output: Output; limits: Pick<ReadLimits, "maxEntries">; passing?: Passing | undefined };
  /** The archive's own bytes, where it is a stream that may break off. */
  archive?: Peekable;
};

/** The records of all files of an archive, numbered throughout; a file that cannot be read is an item that says why. */
export async function* archiveItems(
  entries: AsyncIterable<ArchiveEntry>,
  { open, seen, delivery, archive }: Archive,
): AsyncGenerator<ReadItem[]> {
  const { maxEntries } = delivery.limits;
  const { passing } = delivery;
  const passedBefore = passing?.count ?? 0;
  let taken = 0;
  const before = () => taken + (passing?.count ?? 0) - passedBefore;
  for await (const entry of entries) {
    if (++delivery.output.files > maxEntries) {
      yield [unread(before() + 1, entry.name, "too-much-inside", `more than ${maxEntries} files`)];
      return;
    }
    const inEarlierFiles = before();
    for await (const items of entryItems(entry, open, seen)) {
      taken += items.length;
      for (const item of items) {
        item.index += inEarlierFiles;
        item.entry = pathOf(entry.name, item.entry);
      }
      yield items;
    }
    if (delivery.output.isSpent) break;
  }
  if (archive?.broken) yield [unread(before() + 1, "", archive.broken.reason, archive.broken.message)];
}

async function* entryItems(
  entry: ArchiveEntry,
  open: Archive["open"],
  seen: FormsSeen,
): AsyncGenerator<ReadItem[]> {
  if ("problem" in entry) {
    yield [unread(1, undefined, "unreadable-entry", entry.problem)];
    return;
  }
  const bytes = new Peekable(entry.bytes[Symbol.asyncIterator]());
  try {
    const log = await open(bytes);
    if (log.ok) {
      yield* log.value.items;
      note(seen, log.value);
    } else {
      const { reason, detail, table } = log.reason;
      yield [{ ...unread(1, undefined, reason, detail), ...(table && { table }) }];
    }
  } finally {
    await bytes.close();
  }
}

/** Layers can be put around one another in very many ways: nobody would read so many. */
const MOST_FORMS = 30;

/** Of an archive in an archive the forms of its files count. */
function note(seen: FormsSeen, log: Opened): void {
  const found = log.seen.size > 0 ? log.seen : new Map([[formText(log.form), 1]]);
  for (const [form, count] of found) {
    const name = seen.has(form) || seen.size < MOST_FORMS ? form : "others";
    seen.set(name, (seen.get(name) ?? 0) + count);
  }
}

/** Where no record is to be told of, only that there was something. */
function unread(
  index: number,
  entry: string | undefined,
  reason: UnreadReason,
  detail: string,
): UnreadRecord {
  const place = { index, byteOffset: 0, line: 1, ...(entry && { entry }) };
  return { ok: false, ...place, bytes: Buffer.alloc(0), reason, detail };
}

function pathOf(name: string, inside: string | undefined): string {
  return (inside ? `${name}/${inside}` : name).slice(0, MAX_NAME_LENGTH);
}
