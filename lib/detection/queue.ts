/** Where an alert is listed: each alert in exactly one of these. */
export const QUEUES = ["open", "suppressed", "history", "closed"] as const;
export type QueueName = (typeof QUEUES)[number];

export type QueueFacts = {
  status: string;
  /** Closed, and something new has come since. */
  newActivity: boolean;
  /** All its detections are suppressed. */
  suppressed: boolean;
  live: boolean;
};

/**
 * Closed alerts rest until something new comes. What nobody has taken up yet leaves the queue when the allowlist covers all
 * of it, or when it arrived as history; what somebody has taken up stays until they decide.
 */
export function queueOf({ status, newActivity, suppressed, live }: QueueFacts): QueueName {
  if (status === "closed") return newActivity ? "open" : "closed";
  if (status !== "new") return "open";
  if (suppressed) return "suppressed";
  return live ? "open" : "history";
}

/** The same in SQL, from expressions for each fact. */
export function queueSql(facts: Record<keyof QueueFacts, string>): string {
  const { status, newActivity, suppressed, live } = facts;
  return `case when ${status} = 'closed' then case when ${newActivity} then 'open' else 'closed' end
    when ${status} <> 'new' then 'open' when ${suppressed} then 'suppressed' when ${live} then 'open' else 'history' end`;
}
