import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse/sync";
import type { Mapping } from "./mapping.ts";

/** A row as it stands in the file, or why it cannot be cut into fields. `line` counts from 1. */
export interface FileRow {
  line: number;
  /** As it was written, for a person who looks for it; its beginning at most. */
  raw: string;
  fields: readonly string[] | null;
  problem: string | null;
}

/** Longest line that is read, in characters; what is longer is no row of readings. */
const longestLine = 65_536;
const sampleLength = 500;

/**
 * Reads a CSV or TSV file, plain or `.gz`, line by line; memory does not grow with the file. A row is a line: a quote that is
 * never closed spoils its own row only, and every row has the number of its line.
 * @throws {Error} for an unknown encoding, and for bytes that are not text in it.
 */
export async function* readRows(file: string, format: Mapping["format"]): AsyncGenerator<FileRow> {
  const bytes = createReadStream(file);
  const plain: AsyncIterable<Buffer> = file.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  let line = 0;
  for await (const text of linesOf(decoded(plain, format.encoding))) {
    line += 1;
    if (text.trim() === "") continue;
    yield { line, raw: text.slice(0, sampleLength), ...cut(text, format.delimiter) };
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

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

/** Lines without their ends. Of a line that is too long only its beginning is kept. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > 2 * longestLine) rest = rest.slice(0, longestLine + 1);
    for (const line of lines) yield line.endsWith("\r") ? line.slice(0, -1) : line;
  }
  if (rest !== "") yield rest;
}
