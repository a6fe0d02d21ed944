import type { ByteReader, ByteWriter } from "./bytes.ts";
import { DamagedBlock } from "./damaged-block.ts";
import { packNumbers, unpackNumbers } from "./numbers.ts";

/**
 * Sums of decimals. Adding 0.1 and 0.2 gives 0.30000000000000004: a few units in the last place off a decimal. So a sum is
 * kept as the nearest decimal of 0 to 6 places and the number of doubles between the two, which gives it back to the bit.
 * The first byte is the number of places, or `PLAIN` when the sums lie nowhere near decimals.
 */
const MAX_DECIMALS = 6;
const PLAIN = 7;
/** A sum so many doubles away from a decimal is none. */
const FAR = 2 ** 16;
const LARGEST = 2 ** 50;

export function packSums(writer: ByteWriter, sums: Float64Array): void {
  for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
    const near = nearDecimals(sums, 10 ** decimals);
    if (!near) continue;
    writer.byte(decimals);
    packNumbers(writer, near.whole);
    packNumbers(writer, near.steps);
    return;
  }
  writer.byte(PLAIN);
  packNumbers(writer, sums);
}

/** Fills all of `sums`. @throws {DamagedBlock} or RangeError */
export function unpackSums(reader: ByteReader, sums: Float64Array): void {
  const decimals = reader.byte();
  if (decimals > PLAIN) throw new DamagedBlock(`there are no sums of kind ${decimals}`);
  unpackNumbers(reader, sums);
  if (decimals === PLAIN) return;
  const steps = new Float64Array(sums.length);
  unpackNumbers(reader, steps);
  const factor = 10 ** decimals;
  for (let i = 0; i < sums.length; i++) sums[i] = doubleAt(sums[i]! / factor, steps[i]!);
}

function nearDecimals(sums: Float64Array, factor: number): { whole: Float64Array; steps: Float64Array } | null {
  const whole = new Float64Array(sums.length);
  const steps = new Float64Array(sums.length);
  for (let i = 0; i < sums.length; i++) {
    const nearest = Math.round(sums[i]! * factor);
    if (!(Math.abs(nearest) <= LARGEST)) return null;
    // Rounding gives -0 for small negative sums, which a whole number is not.
    whole[i] = nearest + 0;
    steps[i] = stepsBetween(whole[i]! / factor, sums[i]!);
    if (Math.abs(steps[i]!) > FAR || !Object.is(doubleAt(whole[i]! / factor, steps[i]!), sums[i])) return null;
  }
  return { whole, steps };
}

const double = new Float64Array(2);
const halves = new DataView(double.buffer);

/** Doubles from `a` to `b` of the same sign, counted away from zero. */
function stepsBetween(a: number, b: number): number {
  return bitsOf(b) - bitsOf(a);
}

/** The double so many steps further from zero. */
function doubleAt(from: number, steps: number): number {
  if (steps === 0) return from;
  const low = (halves.setFloat64(0, from), halves.getUint32(4)) + steps;
  halves.setUint32(0, halves.getUint32(0) + Math.floor(low / 2 ** 32));
  halves.setUint32(4, low);
  return halves.getFloat64(0);
}

function bitsOf(value: number): number {
  halves.setFloat64(0, value);
  return halves.getUint32(0) * 2 ** 32 + halves.getUint32(4);
}
