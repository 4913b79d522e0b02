/** What is listed of an actor, each with all the values that it was ever seen with. */
export const FACT_FIELDS = ["account", "network", "address", "session", "key", "agent"] as const;
export type FactField = (typeof FACT_FIELDS)[number];

/** How many values a list shows, and how many when all are asked for. */
export const LISTED = 8;
export const LISTED_AT_MOST = 1000;

export type Fact = {
  value: string;
  /** What the value is called, where it has a name of its own. */
  name: string | null;
  firstSeen: Date;
  /** Known of networks alone. */
  lastSeen: Date | null;
};

/** The newest values of a kind, and how many there are. */
export type FactList = { count: number; newest: Fact[] };
export type ActorFacts = Record<FactField, FactList>;
