import { mainImage } from "#lib/detection/alert-key.ts";
import { type DetectionSettings, detect } from "#lib/detection/detect.ts";
import type { Rule } from "#lib/detection/rule.ts";
import { RULES } from "#lib/detection/rules.ts";
import type { EventOutcome, LogEvent, Platform } from "#lib/logs/normalize/event.ts";
import { normalize } from "#lib/logs/normalize/normalize.ts";
import type { OpenLog } from "#lib/logs/read/read.ts";
import type { ReadItem, Unreadable } from "#lib/logs/read/record.ts";
import { REJECTION_SENTENCES, type RejectionReason, UNREADABLE_SENTENCES } from "#lib/logs/rejection.ts";
import { unknownOrganisation } from "#lib/organisation/organisation.ts";
import { failure, type Outcome } from "#lib/outcome.ts";

/** One detection, with exactly the keys that `--json` prints. */
export type Finding = {
  time: string;
  platform: Platform;
  operation: string;
  actor: string | null;
  sourceIp: string | null;
  isExternal: boolean | null;
  outcome: EventOutcome;
  image: string | null;
  rule: string;
  file: string;
  record: number;
};

/** A record, or (without a place) a whole file, that could not be read. */
export type Rejection = {
  file: string;
  place: { record: number; line: number; byteOffset: number; entry: string | undefined } | undefined;
  sentence: string;
  detail: string;
};

export type Totals = {
  files: number;
  /** Those that were looked at. */
  records: number;
  detections: number;
  rejected: number;
  /** Detections on a record that was seen before. */
  duplicates: number;
};

type Report = { finding(finding: Finding): void; rejection(rejection: Rejection): void };

/** Finds the detections in one log after another, without a store. */
export class Scan {
  readonly totals: Totals = {
    files: 0,
    records: 0,
    detections: 0,
    rejected: 0,
    duplicates: 0,
  };
  readonly #report: Report;
  readonly #settings: DetectionSettings;
  readonly #seen = new Set<string>();

  constructor(report: Report, rules: readonly Rule[] = RULES) {
    this.#report = report;
    // Without a store nobody has said anything of the organisation.
    this.#settings = { rules, organisation: unknownOrganisation() };
  }

  /** `file` is its name for people. Throws what the log's source throws. */
  async add(file: string, log: Outcome<OpenLog, Unreadable>): Promise<void> {
    this.totals.files++;
    if (!log.ok) {
      const { reason, detail } = log.reason;
      this.reject({ file, place: undefined, sentence: UNREADABLE_SENTENCES[reason], detail });
      return;
    }
    for await (const items of log.value.items) {
      for (const item of items) this.#take(file, item);
    }
  }

  reject(rejection: Rejection): void {
    this.totals.rejected++;
    this.#report.rejection(rejection);
  }

  #take(file: string, item: ReadItem): void {
    this.totals.records++;
    const event = item.ok ? normalize(item.value) : failure(item);
    if (event.ok) this.#takeEvent(file, item.index, event.value);
    else this.#rejectRecord(file, item, event.reason);
  }

  #takeEvent(file: string, record: number, event: LogEvent): void {
    const detections = detect(event, this.#settings);
    if (detections.length === 0) return;
    if (this.#seen.has(event.id)) this.totals.duplicates += detections.length;
    this.#seen.add(event.id);
    for (const { rule } of detections) {
      this.totals.detections++;
      this.#report.finding(toFinding(event, rule.id, file, record));
    }
  }

  #rejectRecord(file: string, item: ReadItem, why: { reason: RejectionReason; detail: string }): void {
    const place = { record: item.index, line: item.line, byteOffset: item.byteOffset, entry: item.entry };
    this.reject({ file, place, sentence: REJECTION_SENTENCES[why.reason], detail: why.detail });
  }
}

function toFinding(event: LogEvent, rule: string, file: string, record: number): Finding {
  return {
    time: event.occurredAt.toISOString(),
    platform: event.platform,
    operation: event.operation,
    actor: event.principal,
    sourceIp: event.sourceIp,
    isExternal: event.isExternal,
    outcome: event.outcome,
    image: imageOf(event),
    rule,
    file,
    record,
  };
}

/** The image that the detection is about, with the tag or else the digest that was acted on. */
function imageOf(event: LogEvent): string | null {
  const image = mainImage(event.images);
  if (!image) return null;
  if (image.kind !== "repository") return image.kind === "machine-image" ? image.name : image.key;
  if (image.tag) return `${image.key}:${image.tag}`;
  return image.digest ? `${image.key}@${image.digest}` : image.key;
}
