/** A payload ended before a value that its format promises. */
export class PayloadTooShort extends Error {
  constructor(at: number, needed: number, length: number) {
    super(`the payload ends at byte ${length}, but a value of ${needed} bytes begins at byte ${at}`);
    this.name = "PayloadTooShort";
  }
}

/** Reads a payload from its beginning to its end. Every read throws {@link PayloadTooShort} at the end. */
export class ByteReader {
  readonly bytes: Uint8Array;
  #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Place of the next byte. */
  get at(): number {
    return this.#at;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.bytes.length - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#step(1));
  }

  i8(): number {
    return this.#view.getInt8(this.#step(1));
  }

  u16le(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  i16le(): number {
    return this.#view.getInt16(this.#step(2), true);
  }

  u32le(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  i32le(): number {
    return this.#view.getInt32(this.#step(4), true);
  }

  u16be(): number {
    return this.#view.getUint16(this.#step(2));
  }

  i16be(): number {
    return this.#view.getInt16(this.#step(2));
  }

  u32be(): number {
    return this.#view.getUint32(this.#step(4));
  }

  i32be(): number {
    return this.#view.getInt32(this.#step(4));
  }

  take(length: number): Uint8Array {
    const from = this.#step(length);
    return this.bytes.subarray(from, from + length);
  }

  hex(length: number): string {
    return toHex(this.take(length));
  }

  /** UTF-8; bytes that are none become the replacement character. */
  text(length: number): string {
    return new TextDecoder().decode(this.take(length));
  }

  /** What is left, in hexadecimal; moves nothing. */
  rest(): string {
    return toHex(this.bytes.subarray(this.#at));
  }

  back(to: number): void {
    this.#at = to;
  }

  #step(length: number): number {
    const from = this.#at;
    if (from + length > this.bytes.length) throw new PayloadTooShort(from, length, this.bytes.length);
    this.#at += length;
    return from;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes of a hexadecimal text; null when it is none. */
export function fromHex(text: string): Uint8Array | null {
  if (!/^(?:[0-9a-f]{2})*$/i.test(text)) return null;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Bytes of a base64 text (RFC 4648, either alphabet, with or without padding); null when it is none. */
export function fromBase64(text: string): Uint8Array | null {
  const plain = text.replace(/=+$/, "");
  if (!/^[A-Za-z0-9+/_-]*$/.test(plain) || plain.length % 4 === 1) return null;
  return Uint8Array.from(Buffer.from(plain, "base64"));
}
