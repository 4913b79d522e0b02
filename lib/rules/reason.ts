/** Of the written reason for a change, in characters. */
export const REASON_LENGTH = { min: 10, max: 2000 };
