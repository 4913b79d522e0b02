/** Longer ones do not exist. Source: Sumo Logic, "Built-in Metadata". */
const LONGEST_CATEGORY = 1024;
const LONGEST_WORD = 500;

const PLAIN = /^(?!.*\/\/)(?!(?:and|or|not)$)[\w.*/:@-]+$/i;
// Inside quotes too: no document says how they are escaped there.
const FORBIDDEN = /["\\|]|\p{Cc}|\p{Zl}|\p{Zp}/u;

/** A value as it stands behind `_sourceCategory=`; undefined when it cannot. */
export function scopeValue(category: string): string | undefined {
  if (category.length > LONGEST_CATEGORY || FORBIDDEN.test(category)) return undefined;
  if (PLAIN.test(category)) return category;
  // In quotes a star is a star.
  return category.includes("*") ? undefined : `"${category}"`;
}

/** A text of any log as a keyword, taken as it is; undefined when it cannot be one. */
export function quotedWord(text: string): string | undefined {
  const word = text.trim();
  if (word.length === 0 || word.length > LONGEST_WORD || FORBIDDEN.test(word)) return undefined;
  // Without a letter or digit there is nothing that Sumo indexes.
  return /[\p{L}\p{N}]/u.test(word) ? `"${word}"` : undefined;
}
