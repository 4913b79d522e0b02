import { type Detection, type DetectionSettings, detect } from "#lib/detection/detect.ts";
import { classifyAddress } from "#lib/logs/normalize/address.ts";
import type { AddressClass, LogEvent } from "#lib/logs/normalize/event.ts";
import { type Network, networkOf } from "#lib/logs/normalize/network.ts";
import { normalize } from "#lib/logs/normalize/normalize.ts";
import type { TableMappings } from "#lib/logs/normalize/table-mapping.ts";
import type { ReadItem } from "#lib/logs/read/record.ts";
import type { RejectionReason } from "#lib/logs/rejection.ts";
import { failure } from "#lib/outcome.ts";
import type { RawRecord } from "./raw-block.ts";

/** What the organisation tells the pipeline. */
export type PipelineSettings = DetectionSettings & {
  /** What people have said that the columns of tables of no known log hold. */
  mappings: TableMappings;
};

export type FoundEvent = {
  event: LogEvent;
  addressClass: AddressClass;
  /** Null where there is no readable address. */
  network: Network | null;
  detections: Detection[];
  raw: RawRecord;
};
export type FoundRejection = { raw: RawRecord; reason: RejectionReason; detail: string };

/** What a run of records says, before anything is stored. */
export type Batch = {
  /** Index of the first and of the last record. */
  from: number;
  through: number;
  /** Each once, in the order of their first record. */
  events: FoundEvent[];
  /** Records that say again what an earlier one of the batch said. */
  repeated: number;
  rejected: FoundRejection[];
};

/** Turns records into events and detections. Pure: the same records give the same batch. */
export function processRecords(items: readonly ReadItem[], settings: PipelineSettings): Batch {
  const events = new Map<string, FoundEvent>();
  const rejected: FoundRejection[] = [];
  let repeated = 0;
  for (const item of items) {
    const { bytes, index, line, byteOffset, entry } = item;
    const raw = { bytes, index, line, byteOffset, ...(entry !== undefined && { entry }) };
    const normalized = item.ok ? normalize(item.value, settings.mappings) : failure(item);
    if (!normalized.ok) {
      const { reason, detail } = normalized.reason;
      rejected.push({ raw, reason, detail: entry ? `${entry}: ${detail}` : detail });
      continue;
    }
    const event = normalized.value;
    if (events.has(event.id)) {
      repeated++;
      continue;
    }
    events.set(event.id, { event, network: networkOf(event.sourceIp), raw, ...assess(event, settings) });
  }
  const from = items[0]?.index ?? 0;
  return { from, through: items.at(-1)?.index ?? 0, events: [...events.values()], repeated, rejected };
}

/** What of an event hangs on the settings. */
function assess(
  event: LogEvent,
  settings: DetectionSettings,
): Pick<FoundEvent, "addressClass" | "detections"> {
  return {
    addressClass: classifyAddress(event.sourceIp, (address) => settings.organisation.isOwnNetwork(address)),
    detections: detect(event, settings),
  };
}

/** Events as other settings than those that they were found with have them. */
export function reassess(events: readonly FoundEvent[], settings: DetectionSettings): FoundEvent[] {
  return events.map((found) => ({ ...found, ...assess(found.event, settings) }));
}
