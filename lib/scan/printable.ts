/** What comes from a log cannot steer the terminal: control characters are written as JSON writes them. */
export function printable(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replace(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (control) => {
      return `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`;
    });
}
