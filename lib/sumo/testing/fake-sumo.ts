import { failure, success } from "#lib/outcome.ts";
import type { Search, SearchRow } from "../client/search.ts";
import type { Searcher } from "../jobs/pull.ts";
import type { SumoProblem } from "../problem.ts";

export type FakeMessage = {
  id: string;
  block?: string;
  raw: string;
  messageTime: number;
  receiptTime: number;
};

/** Searches a list of messages as the client would search Sumo, without a network and without waiting. */
export class FakeSumo {
  messages: FakeMessage[] = [];
  /** Of a search that finds more it gives the newest. */
  mostMessages = 100_000;
  /** What the next searches end with, instead of being carried out. */
  problems: SumoProblem[] = [];
  /** What keeps jobs from being deleted. */
  deleteProblem: SumoProblem | undefined;
  /** Called before a page is handed on. */
  beforeRows: (search: Search) => Promise<void> | void = () => {};
  readonly searches: Search[] = [];
  readonly deleted: string[] = [];

  readonly searcher: Searcher = {
    run: async (_access, search, { onCreated, onRows, whenTruncated, signal }) => {
      this.searches.push(search);
      await onCreated?.(`JOB${this.searches.length}`);
      const problem = this.problems.shift();
      if (problem) return failure(problem);
      const found = this.messages.filter((message) => {
        const time = search.by === "receipt" ? message.receiptTime : message.messageTime;
        return search.from <= time && time < search.to;
      });
      const isTruncated = found.length > this.mostMessages;
      const given = found.toSorted((a, b) => b.messageTime - a.messageTime).slice(0, this.mostMessages);
      const rows = isTruncated && whenTruncated === "skip" ? [] : given.map(rowOf);
      await this.beforeRows(search);
      if (signal.aborted) return failure({ reason: "stopped", detail: "" });
      if (rows.length > 0) await onRows(rows);
      const state = isTruncated ? "FORCE PAUSED" : "DONE GATHERING RESULTS";
      const counts = { messageCount: given.length, recordCount: 0, rows: rows.length };
      return success({ state, ...counts, bytesScanned: 1000, isTruncated, warnings: [] });
    },
    delete: async (_access, jobId) => {
      this.deleted.push(jobId);
      return this.deleteProblem ? failure(this.deleteProblem) : success();
    },
  };
}

function rowOf({ id, block = "1", raw, messageTime, receiptTime }: FakeMessage): SearchRow {
  return {
    _messageid: id,
    _blockid: block,
    _messagetime: String(messageTime),
    _receipttime: String(receiptTime),
    _raw: raw,
    _sourcecategory: "aws/cloudtrail",
  };
}
