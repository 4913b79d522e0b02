import { normalize } from "./normalize/normalize.ts";
import { type Normalize, type Provenance, provenanceOf } from "./normalize/provenance.ts";
import { readStored } from "./read/text-record.ts";

/**
 * Which raw fields of a stored record gave its event's fields, as the normaliser reads it now. Null where it is no event, or
 * too long to be asked about.
 */
export function recordProvenance(text: string, reading: Normalize = normalize): Provenance | null {
  const record = readStored(Buffer.from(text));
  return record.ok ? provenanceOf(record.value, reading) : null;
}
