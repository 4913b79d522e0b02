const LONGEST = 200;

/**
 * What names of images have in common that are told apart by a date, a version, a number or a hash: `golden` of
 * `golden-2026-03-04`. Whoever takes the latest image by such a name takes the attacker's too. Null: too little is left.
 */
export function nameFamily(name: string): string | null {
  const words = name
    .slice(0, LONGEST)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && !isCounter(word));
  const family = words.join("-");
  return family.length >= 3 ? family : null;
}

/** `42`, `v2`, `20260304T0102`, `x7f3a9`: with a digit in it, and no word with a number behind it such as `node18`. */
function isCounter(word: string): boolean {
  return (
    /^v?\p{N}+$|^\p{N}[\p{N}tzabcdef]*$/u.test(word) ||
    (word.length >= 6 && /\d/.test(word) && /^[0-9a-f]+$/.test(word))
  );
}
