/**
 * What can go wrong between us and Sumo Logic. `about` says what is wrong: `connection` keeps all work of the connection
 * from going on until somebody acts or Sumo recovers, `window` concerns the search in hand alone.
 */
export const SUMO_PROBLEMS = {
  unreachable: { about: "connection", sentence: "Sumo Logic cannot be reached.", todo: "" },
} as const satisfies Record<string, { about: "connection" | "window"; sentence: string; todo: string }>;

export type SumoProblemReason = keyof typeof SUMO_PROBLEMS;

/** `detail`: what Sumo said, or what was seen; never a key. */
export type SumoProblem = { reason: SumoProblemReason; detail: string };
