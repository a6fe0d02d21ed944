import { DamagedBlock } from "./damaged-block.ts";

/** Writes bytes and bits one behind the other. Bits fill bytes from the highest bit; all else begins on a whole byte. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  /** In bits from the beginning. */
  #position = 0;
  /** The byte that bits have begun. */
  #begun = 0;

  /** Whole bytes that were written. */
  get length(): number {
    return this.#position >>> 3;
  }

  /** Makes room, and for four bytes more, since bits are written four bytes at a time. */
  #reserve(bytes: number): void {
    const needed = this.length + bytes + 4;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(0, this.length + 1));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }

  /** Writes the first `count` of `words`: of each the lowest bits, 1 to 24 as `widths` says; it must have no others. */
  bits(words: Int32Array, widths: Uint8Array, count: number): void {
    this.#reserve(count * 3);
    const view = this.#view;
    let position = this.#position;
    let begun = this.#begun;
    for (let i = 0; i < count; i++) {
      const at = position >>> 3;
      const four = (begun << 24) | (words[i]! << (32 - (position & 7) - widths[i]!));
      view.setUint32(at, four);
      position += widths[i]!;
      begun = (four << (((position >>> 3) - at) << 3)) >>> 24;
    }
    this.#position = position;
    this.#begun = begun;
  }

  /** Leaves the rest of a byte begun by bits. */
  align(): void {
    this.#position = (this.#position + 7) & ~7;
    this.#begun = 0;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length] = value;
    this.#position += 8;
  }

  /** A whole number from 0 to 2^53 in groups of seven bits, the lowest first. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  signed(value: number): void {
    this.varint(zigzag(value));
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.#position += bytes.length * 8;
  }

  /** Forgets everything from byte `length` on. */
  cutTo(length: number): void {
    this.#position = length * 8;
    this.#begun = 0;
  }

  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }
}

/**
 * Reads what a {@link ByteWriter} wrote. At least three readable bytes must lie behind the last one (the checksum does), for
 * bits are looked at four bytes at a time.
 *
 * @throws {DamagedBlock} where the bytes end too early (reading bits: a RangeError of the DataView at the latest)
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;
  /** In bits from the beginning. */
  #position = 0;

  /** Reads `bytes` up to `end`. */
  constructor(bytes: Uint8Array, end: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#end = end;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#end - Math.ceil(this.#position / 8);
  }

  /** The bytes, for those who read bits in a loop of their own and then move {@link position}. */
  get view(): DataView {
    return this.#view;
  }

  /** In bits from the beginning. */
  get position(): number {
    return this.#position;
  }

  set position(position: number) {
    this.#position = position;
  }

  /** The next `width` bits, 1 to 25. */
  bits(width: number): number {
    const value = peek(this.#view, this.#position) >>> (32 - width);
    this.#position += width;
    return value;
  }

  /** Goes on with the next whole byte. */
  align(): void {
    this.#position = (this.#position + 7) & ~7;
    if (this.#position > this.#end * 8) throw new DamagedBlock("it ends too early");
  }

  byte(): number {
    return this.take(1)[0]!;
  }

  varint(): number {
    let value = 0;
    let unit = 1;
    for (let i = 0; i < 8; i++) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) {
        if (value > MAX_VARINT) break;
        return value;
      }
      unit *= 128;
    }
    throw new DamagedBlock("a number is too long");
  }

  signed(): number {
    return unzigzag(this.varint());
  }

  /** A view of the next `length` bytes. */
  take(length: number): Uint8Array {
    const from = this.#position >>> 3;
    if (from + length > this.#end) throw new DamagedBlock("it ends too early");
    this.#position += length * 8;
    return this.#bytes.subarray(from, from + length);
  }
}

const MAX_VARINT = 2 ** 53;

/** The next 25 bits at least, from the highest bit of 32 down. `position` is in bits. */
export function peek(view: DataView, position: number): number {
  return view.getUint32(position >>> 3) << (position & 7);
}

/** 0, -1, 1, -2 ... as 0, 1, 2, 3 ...: numbers near zero become small. Exact up to ±2^52. */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export function unzigzag(code: number): number {
  return code % 2 === 0 ? code / 2 : -(code + 1) / 2;
}
