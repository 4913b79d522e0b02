import { failure, type Outcome, success } from "#lib/outcome.ts";
import { archiveItems } from "./archive.ts";
import { decompress } from "./decompress.ts";
import type { FormsSeen, Layer, LogForm } from "./form.ts";
import { beginsGzip } from "./gzip.ts";
import type { Passing } from "./passing.ts";
import { Output, Peekable } from "./peekable.ts";
import { readItems } from "./read-items.ts";
import { DEFAULT_READ_LIMITS, type ReadItem, type ReadLimits, type Unreadable } from "./record.ts";
import { SNIFF_BYTES, senderOf, sniff } from "./sniff.ts";
import { openSpooledZip } from "./spool.ts";
import { isTar, tarEntries } from "./tar.ts";
import { type KnowsTable, NO_TABLES } from "./unknown-table.ts";
import { fromUtf16, utf16Of } from "./utf16.ts";
import { isZip, type OpenZip } from "./zip.ts";
import { beginsFrame } from "./zstd.ts";

export type OpenLog = {
  form: LogForm;
  /** Of an archive's files, as far as it was read. */
  seen: FormsSeen;
  /** All records in order, a few at a time. To be consumed once; throws only what `source` throws. */
  items: AsyncGenerator<ReadItem[]>;
};

/** What tells a layer stands in a tar archive's first header. */
const LAYER_BYTES = 512;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** What holds for a whole delivery, however many files are in it. */
export type Delivery = {
  limits: ReadLimits;
  output: Output;
  knows: KnowsTable;
  /** Closes what was opened on the way and is not at its end. */
  opened: Set<() => void>;
  /** Where not every record is looked at. */
  passing?: Passing | undefined;
};

/**
 * Opens a log by what its bytes are, not by its name: compressed by gzip or zstd, a tar archive, UTF-16; JSON Lines, one
 * or several JSON documents, or a CSV table of columns that are known, be it to `knows` alone. Memory does not grow with the stream. Fails when nothing in
 * it can be a record.
 */
export async function openLog(
  source: AsyncIterable<Uint8Array>,
  limits: ReadLimits = DEFAULT_READ_LIMITS,
  knows: KnowsTable = NO_TABLES,
  passing?: Passing,
): Promise<Outcome<OpenLog, Unreadable>> {
  const delivery = {
    limits,
    output: new Output(limits.maxInsideBytes),
    knows,
    passing,
    opened: new Set<() => void>(),
  };
  return await openStream(new Peekable(source[Symbol.asyncIterator]()), [], delivery);
}

/** Opens what stands inside some layers. */
export async function openStream(
  bytes: Peekable,
  layers: readonly Layer[],
  delivery: Delivery,
): Promise<Outcome<OpenLog, Unreadable>> {
  const head = await bytes.peek(LAYER_BYTES);
  const layer = layerOf(head);
  if (layer === undefined) return await openText(bytes, layers, delivery);
  if (layers.length === delivery.limits.maxLayers) {
    return failure({ reason: "too-many-layers", detail: [...layers, layer].join(" in ") });
  }
  const inside = [...layers, layer];
  if (layer === "tar") {
    const seen: FormsSeen = new Map();
    const open = (file: Peekable) => openStream(file, inside, delivery);
    const items = archiveItems(tarEntries(bytes), { open, seen, delivery, archive: bytes });
    return success({ form: { layers: inside, shape: "files", sender: null }, seen, items });
  }
  if (layer === "zip") {
    const zip = await openSpooledZip(bytes, delivery.output);
    return zip.ok ? success(openArchive(zip.value, inside, delivery)) : zip;
  }
  const encoding = layer === "utf-16" ? utf16Of(head) : undefined;
  const plain = encoding
    ? fromUtf16(bytes, encoding)
    : decompress(bytes, layer === "zstd" ? "zstd" : "gzip", delivery.output);
  return await openStream(new Peekable(plain), inside, delivery);
}

/** The files of a zip archive that was opened, and is closed behind the last of them. */
export function openArchive(zip: OpenZip, layers: readonly Layer[], delivery: Delivery): OpenLog {
  delivery.opened.add(zip.close);
  const seen: FormsSeen = new Map();
  const open = (file: Peekable) => openStream(file, layers, delivery);
  const items = closing(archiveItems(zip.entries, { open, seen, delivery }), () => {
    delivery.opened.delete(zip.close);
    zip.close();
  });
  return { form: { layers, shape: "files", sender: null }, seen, items };
}

async function* closing<Item>(items: AsyncGenerator<Item>, close: () => void): AsyncGenerator<Item> {
  try {
    yield* items;
  } finally {
    close();
  }
}

function layerOf(head: Buffer): Layer | undefined {
  if (isZip(head)) return "zip";
  if (beginsGzip(head)) return "gzip";
  if (head.length >= 4 && beginsFrame(head)) return "zstd";
  if (isTar(head)) return "tar";
  return utf16Of(head) ? "utf-16" : undefined;
}

async function openText(
  bytes: Peekable,
  layers: readonly Layer[],
  { limits, knows, passing }: Delivery,
): Promise<Outcome<OpenLog, Unreadable>> {
  const bom = await bytes.peek(BOM.length);
  const byteOffset = bom.equals(BOM) ? BOM.length : 0;
  bytes.skip(byteOffset);
  const head = await bytes.peek(SNIFF_BYTES);
  const shape = sniff(head, head.length < SNIFF_BYTES, knows);
  if (!shape.ok) {
    const { broken } = bytes;
    return broken ? failure({ reason: broken.reason, detail: broken.message }) : shape;
  }
  const form: LogForm = {
    layers,
    shape: typeof shape.value === "string" ? shape.value : "csv",
    sender: senderOf(head, shape.value, limits),
  };
  return success({
    form,
    seen: new Map(),
    items: readItems(bytes, shape.value, { limits, start: { byteOffset, line: 1 }, passing }),
  });
}
