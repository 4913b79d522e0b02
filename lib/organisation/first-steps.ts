/** What an organisation has said and done so far. */
export type Standing = {
  networks: number;
  accounts: number;
  hasHours: boolean;
  hasImports: boolean;
  admins: number;
};

/** What makes the alerts of a new Barnacle worth reading, in the order in which it helps. */
export const FIRST_STEPS = ["source", "networks", "accounts", "hours", "admin"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

const IS_DONE = {
  source: ({ hasImports }) => hasImports,
  networks: ({ networks }) => networks > 0,
  accounts: ({ accounts }) => accounts > 0,
  hours: ({ hasHours }) => hasHours,
  /** One who forgets their password can be helped by another only. */
  admin: ({ admins }) => admins > 1,
} as const satisfies Record<FirstStep, (standing: Standing) => boolean>;

export function firstSteps(standing: Standing): { step: FirstStep; isDone: boolean }[] {
  return FIRST_STEPS.map((step) => ({ step, isDone: IS_DONE[step](standing) }));
}
