import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Day } from "./series.ts";

type Columns = Pick<Day, "time" | "value">;

export interface Coding {
  name: string;
  encode: (day: Day) => Uint8Array;
  /** Not there where only the size is of interest. */
  decode?: (bytes: Uint8Array) => Columns;
}

/** Doubles as they are: 16 bytes a reading. */
const plain: Coding = {
  name: "doubles",
  encode({ time, value }) {
    const both = new Float64Array(time.length * 2);
    both.set(time);
    both.set(value, time.length);
    return new Uint8Array(both.buffer);
  },
  decode(bytes) {
    const both = new Float64Array(new Uint8Array(bytes).buffer);
    return { time: both.subarray(0, both.length / 2), value: both.subarray(both.length / 2) };
  },
};

const deflated: Coding = {
  name: "doubles, deflated",
  encode: (columns) => deflateRawSync(plain.encode(columns)),
  decode: (bytes) => plain.decode!(inflateRawSync(bytes)),
};

/**
 * Size only of the coding of Gorilla (T. Pelkonen et al., PVLDB 8(12), 2015): seconds as differences of differences in four
 * classes, doubles XORed with the one before.
 */
const gorilla: Coding = {
  name: "Gorilla (size only)",
  encode: ({ time, value }) => new Uint8Array(Math.ceil((timeBits(time) + valueBits(value)) / 8)),
};

function timeBits(time: Float64Array): number {
  let bits = 64;
  for (let i = 1; i < time.length; i++) {
    const before = i > 1 ? time[i - 1]! - time[i - 2]! : 0;
    const change = Math.abs((time[i]! - time[i - 1]! - before) / 1000);
    bits += change === 0 ? 1 : change <= 63 ? 9 : change <= 255 ? 12 : change <= 2047 ? 16 : 36;
  }
  return bits;
}

function valueBits(value: Float64Array): number {
  const words = new BigUint64Array(value.slice().buffer);
  let [bits, leading, trailing] = [64, 65, 65];
  for (let i = 1; i < words.length; i++) {
    const different = words[i]! ^ words[i - 1]!;
    bits++;
    if (different === 0n) continue;
    const text = different.toString(2);
    const [ahead, behind] = [Math.min(31, 64 - text.length), text.length - text.lastIndexOf("1") - 1];
    if (ahead >= leading && behind >= trailing) {
      bits += 1 + 64 - leading - trailing;
    } else {
      [leading, trailing] = [ahead, behind];
      bits += 1 + 5 + 6 + 64 - leading - trailing;
    }
  }
  return bits;
}

/** Differences of tenths, and of differences of seconds, as variable-length bytes, deflated. */
const varints: Coding = {
  name: "variable-length differences, deflated",
  encode({ time, value }) {
    const bytes: number[] = [];
    let [before, step, level] = [0, 0, 0];
    for (let i = 0; i < time.length; i++) {
      const seconds = Math.round(time[i]! / 1000);
      const scaled = Math.round(value[i]! * 10);
      put(bytes, seconds - before - step);
      put(bytes, scaled - level);
      step = seconds - before;
      before = seconds;
      level = scaled;
    }
    return deflateRawSync(Uint8Array.from(bytes));
  },
  decode(bytes) {
    const inflated = inflateRawSync(bytes);
    const [time, value]: [number[], number[]] = [[], []];
    let [before, step, level] = [0, 0, 0];
    for (const at = { position: 0 }; at.position < inflated.length;) {
      step += take(inflated, at);
      before += step;
      level += take(inflated, at);
      time.push(before * 1000);
      value.push(level / 10);
    }
    return { time: Float64Array.from(time), value: Float64Array.from(value) };
  },
};

function put(bytes: number[], value: number): void {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
}

function take(bytes: Uint8Array, at: { position: number }): number {
  let [value, unit] = [0, 1];
  for (;;) {
    const byte = bytes[at.position++]!;
    value += (byte % 128) * unit;
    if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    unit *= 128;
  }
}

export const otherCodings: readonly Coding[] = [plain, deflated, gorilla, varints];
