import { countWords } from "./words.ts";

/** A number that opens the alerts behind it; of none there is nothing to open. */
export function LinkedNumber({
  count,
  href,
  words,
}: {
  count: number;
  href: string | undefined;
  words: string;
}) {
  if (count === 0 || href === undefined) return countWords(count);
  return (
    <a href={href} aria-label={words}>
      {countWords(count)}
    </a>
  );
}
