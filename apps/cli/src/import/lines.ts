/** One line of a file without its line feed. */
export interface Line {
  bytes: Uint8Array;
  /** Bytes of the file up to the end of the line, its line feed included. */
  end: number;
}

/**
 * Cuts bytes at the line feeds of an encoding. Every encoding of the WHATWG standard writes a line feed as the byte 0x0a,
 * which is part of no other character, but UTF-16, which has two bytes for each.
 * @param start Bytes of the file before the first chunk.
 * @param longest Bytes that are kept of a line; what is longer loses its rest, but stays longer than this.
 */
export async function* linesOf(
  chunks: AsyncIterable<Buffer>,
  encoding: string,
  start: number,
  longest: number,
): AsyncGenerator<Line> {
  const width = encoding.startsWith("utf-16") ? 2 : 1;
  const lineFeed = width === 1 ? Buffer.of(0x0a) : encoding === "utf-16be" ? Buffer.of(0, 0x0a) : Buffer.of(0x0a, 0);
  let rest: Buffer = Buffer.alloc(0);
  let end = start;
  // Bytes of a line that is too long and were not kept.
  let dropped = 0;
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let at = find(bytes, lineFeed, from); at >= 0; at = find(bytes, lineFeed, from)) {
      end += dropped + at - from + width;
      dropped = 0;
      yield { bytes: bytes.subarray(from, at), end };
      from = at + width;
    }
    rest = bytes.subarray(from);
    if (rest.length > 2 * longest) {
      dropped += rest.length - longest - width;
      rest = rest.subarray(0, longest + width);
    }
  }
  if (rest.length > 0) yield { bytes: rest, end: end + dropped + rest.length };
}

/** Place of the next line feed that begins where a character does, or -1. */
function find(bytes: Buffer, lineFeed: Buffer, from: number): number {
  let at = bytes.indexOf(lineFeed, from);
  while (at >= 0 && (at - from) % lineFeed.length !== 0) at = bytes.indexOf(lineFeed, at + 1);
  return at;
}
