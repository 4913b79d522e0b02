import type { Peekable } from "./peekable.ts";

type Utf16 = "utf-16le" | "utf-16be";

/** Which UTF-16 a stream is that begins with these bytes: by its mark, or by the NULs that stand in every ASCII character. */
export function utf16Of(head: Buffer): Utf16 | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first && second === 0 && third && fourth === 0) return "utf-16le";
  if (first === 0 && second && third === 0 && fourth) return "utf-16be";
  return undefined;
}

/** The same text in UTF-8, without its mark. Half of a character is U+FFFD. */
export async function* fromUtf16(bytes: Peekable, encoding: Utf16): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    const text = decoder.decode(chunk, { stream: true });
    if (text.length > 0) yield Buffer.from(text);
  }
  const rest = decoder.decode();
  if (rest.length > 0) yield Buffer.from(rest);
  if (bytes.broken) throw bytes.broken;
}
