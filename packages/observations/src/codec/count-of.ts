import type { ByteReader } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";
import { mostIntegers } from "./integers.ts";

/** The number of items at the beginning of a block, not more than its bytes can hold: no room is made for a lie. */
export function countOf(reader: ByteReader): number {
  const count = reader.varint();
  if (count > mostIntegers(reader.left)) throw new DamagedBlock(`it cannot hold ${count} items`);
  return count;
}
