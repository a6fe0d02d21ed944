import { peek, unzigzag, zigzag } from "./bytes.ts";
import type { ByteReader, ByteWriter } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";

/**
 * Whole numbers near zero in few bits: Rice codes (R. F. Rice, JPL Publication 79-22, 1979) of their zigzag form, with the
 * parameter `k` chosen anew for every group of 64. A number u is u >> k ones, a zero, and the lowest k bits of u. A group of
 * zeros is its header alone; a number that would need 16 ones or more is written with its length instead.
 */
const GROUP = 64;
const HEADER_BITS = 5;
const ALL_ZERO = 31;
const MAX_K = 24;
const MAX_ONES = 16;
const LENGTH_BITS = 6;
/** With parameters up to this a code of fewer than 16 ones fits 24 bits. */
const SHORT_K = 8;
const UINT30 = 2 ** 30;
const UINT31 = 2 ** 31;
/** Stands for a code of more than 31 bits. */
const TOO_LARGE = UINT31 - 1;

/** The first `count` of `values`: whole numbers within ±2^52. Ends on a whole byte. */
export function packIntegers(writer: ByteWriter, values: Float64Array, count: number): void {
  for (let from = 0; from < count; from += GROUP) {
    packGroup(writer, values, from, Math.min(GROUP, count - from));
  }
  writer.align();
}

/** Zigzag forms of a group. */
const codes = new Int32Array(GROUP);
/** Bits of a group on their way to the writer: at most five words for each number. */
const words = new Int32Array(1 + GROUP * 5);
const widths = new Uint8Array(words.length);

function packGroup(writer: ByteWriter, values: Float64Array, from: number, length: number): void {
  const largest = fillCodes(values, from, length);
  const k = largest === 0 ? ALL_ZERO : parameterOf(length, largest);
  words[0] = k;
  widths[0] = HEADER_BITS;
  let used = 1;
  if (k <= SHORT_K && largest < MAX_ONES << k) used = putShort(k, length);
  else if (k !== ALL_ZERO) for (let i = 0; i < length; i++) used = putAny(codes[i]!, k, values[from + i]!, used);
  writer.bits(words, widths, used);
}

/** Fills `codes` and returns the largest. */
function fillCodes(values: Float64Array, from: number, length: number): number {
  let largest = 0;
  for (let i = 0; i < length; i++) {
    const value = values[from + i]!;
    const whole = value | 0;
    const code = value < UINT30 && value > -UINT30 ? (whole << 1) ^ (whole >> 31) : TOO_LARGE;
    codes[i] = code;
    if (code > largest) largest = code;
  }
  return largest;
}

/** All codes of a group where each fits one word. */
function putShort(k: number, length: number): number {
  const low = (1 << k) - 1;
  for (let i = 0; i < length; i++) {
    const code = codes[i]!;
    const ones = code >>> k;
    words[i + 1] = (((2 << ones) - 2) << k) | (code & low);
    widths[i + 1] = ones + 1 + k;
  }
  return length + 1;
}

function putAny(code: number, k: number, value: number, used: number): number {
  const ones = code >>> k;
  if (ones >= MAX_ONES) return putLong(zigzag(value), used);
  const at = put((2 << ones) - 2, ones + 1, used);
  return k === 0 ? at : put(code & ((1 << k) - 1), k, at);
}

function put(word: number, width: number, used: number): number {
  words[used] = word;
  widths[used] = width;
  return used + 1;
}

/** What suits numbers that thin out evenly: about log2 of their mean (A. Kiely, JPL IPN Progress Report 42-159, 2004). */
function parameterOf(length: number, largest: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += codes[i]!;
  const mean = sum / length;
  const k = Math.min(MAX_K, 31 - Math.clz32(Math.max(1, mean)));
  return k > 0 && largest > OUTLIER * mean ? fewestBits(k, length) : k;
}
/** A group with a number so many times its mean is looked at more closely. */
const OUTLIER = 8;

/** The parameter with the fewest bits, looked for downwards: outliers have made the mean too large. */
function fewestBits(from: number, length: number): number {
  let k = from;
  let bits = bitsWith(k, length);
  while (k > 0) {
    const fewer = bitsWith(k - 1, length);
    if (fewer > bits) break;
    bits = fewer;
    k--;
  }
  return k;
}

function bitsWith(k: number, length: number): number {
  let bits = length * (k + 1);
  for (let i = 0; i < length; i++) {
    const ones = codes[i]! >>> k;
    bits += ones < MAX_ONES ? ones : LONG_BITS;
  }
  return bits;
}
/** About what a number with its length takes more than others. */
const LONG_BITS = 40;

function putLong(code: number, used: number): number {
  const width = bitLength(code);
  let at = put((1 << MAX_ONES) - 1, MAX_ONES, used);
  at = put(width, LENGTH_BITS, at);
  if (width > 48) at = put(Math.floor(code / 2 ** 48), width - 48, at);
  if (width > 24) at = put(Math.floor(code / 2 ** 24) % 2 ** 24, Math.min(24, width - 24), at);
  return put(code % 2 ** 24, Math.min(24, width), at);
}

function bitLength(code: number): number {
  return code < UINT31 ? 32 - Math.clz32(code) : 32 + bitLength(Math.floor(code / 2 ** 32));
}

/** Fills the first `count` of `values`. @throws {DamagedBlock} or RangeError when the bits end too early */
export function unpackIntegers(reader: ByteReader, values: Float64Array, count: number): void {
  for (let from = 0; from < count; from += GROUP) {
    const to = Math.min(from + GROUP, count);
    const k = reader.bits(HEADER_BITS);
    if (k === ALL_ZERO) values.fill(0, from, to);
    else if (k <= MAX_K) unpackGroup(reader, k, values, from, to);
    else throw new DamagedBlock(`there is no Rice parameter ${k}`);
  }
  reader.align();
}

function unpackGroup(reader: ByteReader, k: number, values: Float64Array, from: number, to: number): void {
  const view = reader.view;
  let position = reader.position;
  for (let i = from; i < to; i++) {
    const word = peek(view, position);
    const ones = Math.clz32(~word);
    if (ones >= MAX_ONES) {
      reader.position = position + MAX_ONES;
      values[i] = unpackLong(reader);
      position = reader.position;
      continue;
    }
    position += ones + 1;
    let code = ones;
    // Shifted in two steps: k may be 0, and a shift by 32 is none.
    if (ones + 1 + k <= 25) code = (ones << k) | (((word << (ones + 1)) >>> 1) >>> (31 - k));
    else code = (ones << k) | (peek(view, position) >>> (32 - k));
    position += k;
    values[i] = (code >>> 1) ^ -(code & 1);
  }
  reader.position = position;
}

function unpackLong(reader: ByteReader): number {
  const width = reader.bits(LENGTH_BITS);
  if (width === 0 || width > 54) throw new DamagedBlock(`there is no number of ${width} bits`);
  let code = 0;
  if (width > 48) code = reader.bits(width - 48);
  if (width > 24) code = code * 2 ** 24 + reader.bits(Math.min(24, width - 24));
  return unzigzag(code * 2 ** Math.min(24, width) + reader.bits(Math.min(24, width)));
}

/** Numbers that so many bytes hold at most; a block that says it has more is damaged. */
export function mostIntegers(bytes: number): number {
  return Math.ceil((bytes * 8) / HEADER_BITS) * GROUP;
}
