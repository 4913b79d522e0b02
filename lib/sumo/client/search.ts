import type { Outcome } from "#lib/outcome.ts";
import type { SumoProblem } from "../problem.ts";

/** Where and as whom to ask. `apiUrl` ends in `/api/`; `pathPrefix` is the API's version, such as `v1/`. */
export type SumoAccess = { apiUrl: string; pathPrefix: string; accessId: string; accessKey: string };

/** `from` and `to` in milliseconds since the epoch. `by`: the time that a message tells, or when Sumo received it. */
export type Search = { query: string; from: number; to: number; by: "message" | "receipt" };

/** One message or record: its keys in lower case, all values texts, as Sumo sends them. */
export type SearchRow = Readonly<Record<string, string>>;

/** Sends a request when the limits that all workers share allow it. */
export type Turns = { take<Result>(send: () => Promise<Result>): Promise<Result> };

export type SearchProgress = {
  state: string;
  messageCount: number;
  recordCount: number;
  bytesScanned: number;
};

export type SearchEnd = SearchProgress & {
  /** Sumo held back messages: its limit was reached. */
  isTruncated: boolean;
  /** Rows that were handed on; each message once. */
  rows: number;
  warnings: string[];
};

export type SearchOptions = {
  turns: Turns;
  signal: AbortSignal;
  /** Where messages are read from, or the rows of an aggregation. */
  kind: "messages" | "records";
  /** `skip`: of a search that was truncated no row is read, for it will be split. */
  whenTruncated: "skip" | "read";
  /** Called with each page; the next is asked for when it has ended. */
  onRows: (rows: SearchRow[]) => Promise<void>;
  onProgress?: (progress: SearchProgress) => void;
  /** Called with the job's id before it is asked after, so that one whose asker dies can be deleted by another. */
  onCreated?: (jobId: string) => Promise<void>;
  /** No further page is asked for when so many rows were handed on, and none is missed. Absent: all. */
  maxRows?: number;
  /** Waits, and throws when the signal aborts. An argument so that tests need not wait. */
  sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type RunSearch = (
  access: SumoAccess,
  search: Search,
  options: SearchOptions,
) => Promise<Outcome<SearchEnd, SumoProblem>>;

/** Deletes a job that an asker who died has left. One that is gone is as good as deleted. */
export type DeleteSearch = (
  access: SumoAccess,
  jobId: string,
  options: Pick<SearchOptions, "turns" | "signal">,
) => Promise<Outcome<undefined, SumoProblem>>;
