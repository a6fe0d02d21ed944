import { crc32 } from "node:zlib";
import { ByteReader } from "./bytes.ts";
import type { ByteWriter } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";

/** Bytes of the checksum at the end of every block. */
const CHECKSUM = 4;

/** Ends a block: what was written, and its CRC-32, lowest byte first. */
export function sealed(writer: ByteWriter): Uint8Array {
  const body = writer.view();
  const block = new Uint8Array(body.length + CHECKSUM);
  block.set(body);
  new DataView(block.buffer).setUint32(body.length, crc32(body), true);
  return block;
}

/**
 * Checks a block and reads it.
 * @param version first byte that is expected: the kind of block and the version of its layout
 * @throws {DamagedBlock} also in place of errors of `read` that come from reading behind the end
 */
export function unsealed<T>(block: Uint8Array, version: number, read: (reader: ByteReader) => T): T {
  const end = block.length - CHECKSUM;
  if (end < 1) throw new DamagedBlock(`it has only ${block.length} bytes`);
  if (block[0] !== version) throw new DamagedBlock(`its version is ${block[0]}, not ${version}`);
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  if (view.getUint32(end, true) !== crc32(block.subarray(0, end))) throw new DamagedBlock("its checksum does not fit");
  const reader = new ByteReader(block, end);
  try {
    reader.byte();
    const value = read(reader);
    if (reader.left !== 0) throw new DamagedBlock(`${reader.left} bytes are left over`);
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw new DamagedBlock("it ends too early");
    throw error;
  }
}
