import type { ByteReader, ByteWriter } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";

/** Small whole numbers that seldom change, as (value, how often) pairs. */
export function packRuns(writer: ByteWriter, values: Uint8Array | Uint16Array): void {
  for (let from = 0; from < values.length;) {
    let to = from + 1;
    while (to < values.length && values[to] === values[from]) to++;
    writer.varint(values[from]!);
    writer.varint(to - from);
    from = to;
  }
}

/** Fills all of `values`. @throws {DamagedBlock} when the runs do not fit */
export function unpackRuns(reader: ByteReader, values: Uint8Array | Uint16Array): void {
  const largest = 2 ** (8 * values.BYTES_PER_ELEMENT) - 1;
  for (let from = 0; from < values.length;) {
    const value = reader.varint();
    const length = reader.varint();
    if (length < 1 || from + length > values.length || value > largest) throw new DamagedBlock("a run does not fit");
    values.fill(value, from, from + length);
    from += length;
  }
}
