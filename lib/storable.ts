/** Whether PostgreSQL can store a text: it knows neither NUL nor half a pair of code units. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}
