import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse/sync";
import { linesOf } from "./lines.ts";
import type { Mapping } from "./mapping.ts";

/** A row as it stands in the file, or why it cannot be cut into fields. `line` counts from 1. */
export interface FileRow {
  line: number;
  /** Bytes of the (unpacked) file up to the end of the row. */
  end: number;
  /** As it was written, for a person who looks for it; its beginning at most. */
  raw: string;
  fields: readonly string[] | null;
  problem: string | null;
}

/** Where reading begins: after so many bytes of the (unpacked) file, which are so many lines. */
export interface Place {
  end: number;
  line: number;
}

export const fileStart: Place = { end: 0, line: 0 };

/** Longest line that is read, in characters; what is longer is no row of readings. */
const longestLine = 65_536;
const sampleLength = 500;

export interface RowReader {
  rows: AsyncIterable<FileRow>;
  /** Bytes of the file, as it lies on the disk, that have been read. */
  bytesRead(): number;
}

/**
 * Reads a CSV or TSV file, plain or `.gz`, line by line; memory does not grow with the file. A row is a line: a quote that is
 * never closed spoils its own row only, and every row has the number of its line.
 * @throws {Error} for an unknown encoding, and for bytes that are not text in it.
 */
export function readRows(file: string, format: Mapping["format"], from: Place = fileStart): RowReader {
  const packed = file.endsWith(".gz");
  const bytes = createReadStream(file, packed ? {} : { start: from.end });
  const plain: AsyncIterable<Buffer> = packed ? withoutBeginning(bytes.pipe(createGunzip()), from.end) : bytes;
  // An error of reading ends the unpacking too, which is what is waited for.
  if (packed) bytes.on("error", (error) => bytes.destroy(error));
  return {
    rows: rowsOf(plain, format, from),
    bytesRead: () => bytes.bytesRead + (packed ? 0 : from.end),
  };
}

async function* rowsOf(bytes: AsyncIterable<Buffer>, format: Mapping["format"], from: Place): AsyncGenerator<FileRow> {
  const decoder = new TextDecoder(format.encoding, { fatal: true });
  let { line } = from;
  for await (const one of linesOf(bytes, decoder.encoding, from.end, 4 * longestLine)) {
    line += 1;
    const text = decoded(decoder, one.bytes, line);
    if (text.trim() === "") continue;
    yield { line, end: one.end, raw: text.slice(0, sampleLength), ...cut(text, format.delimiter) };
  }
}

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, line: number): string {
  try {
    const text = decoder.decode(bytes);
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  } catch {
    throw new Error(`line ${line} is not valid ${decoder.encoding}; name the encoding of the file in the mapping`);
  }
}

function cut(text: string, delimiter: string): Pick<FileRow, "fields" | "problem"> {
  if (text.length > longestLine) return { fields: null, problem: `a line of more than ${longestLine} characters` };
  if (!text.includes('"')) return { fields: text.split(delimiter), problem: null };
  try {
    const [fields] = parse(text, { delimiter, relax_column_count: true }) as string[][];
    return { fields: fields ?? [], problem: null };
  } catch (error) {
    return { fields: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

async function* withoutBeginning(chunks: AsyncIterable<Buffer>, length: number): AsyncGenerator<Buffer> {
  let left = length;
  for await (const chunk of chunks) {
    if (left === 0) yield chunk;
    else if (chunk.length > left) {
      yield chunk.subarray(left);
      left = 0;
    } else left -= chunk.length;
  }
}
