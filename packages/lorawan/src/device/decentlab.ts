import { ByteReader } from "../bytes.ts";
import { decoded, quantity, refused, type Decoder, type Field } from "../fields.ts";

/**
 * Decentlab, protocol version 2 ("Payload" in each product's user guide): version byte, device id, flags (one bit for each
 * group of sensors, the lowest first), then the 16-bit words of the groups whose bit is set, all big-endian.
 */

/** Words of a group, and the constants of the device. */
type Convert = (words: readonly number[], parameters: Readonly<Record<string, number>>) => number;
type Value = readonly [name: string, unit: string, convert: Convert];
export interface Group {
  words: number;
  values: readonly Value[];
}

export function decentlab(groups: readonly Group[], parameters: Readonly<Record<string, number>> = {}): Decoder {
  return {
    parameters,
    decode(payload) {
      const reader = new ByteReader(payload.bytes);
      const version = reader.u8();
      if (version !== 2) return refused(`protocol version ${version} of Decentlab is not known; known is 2`);
      reader.u16be();
      const flags = reader.u16be();
      const constants = { ...parameters, ...payload.parameters };
      const fields: Field[] = [];
      for (const [i, group] of groups.entries()) {
        if ((flags & (1 << i)) === 0) continue;
        const words = Array.from({ length: group.words }, () => reader.u16be());
        for (const [name, unit, convert] of group.values) {
          const value = convert(words, constants);
          // A ratio over zero has no value.
          if (Number.isFinite(value)) fields.push(quantity(name, value, unit));
        }
      }
      if (fields.length === 0) return refused("no flag of a known group of sensors is set");
      return decoded(fields, reader.rest());
    },
  };
}

/** A word as it is, divided. */
export function word(at: number, per = 1): Convert {
  return (x) => wordAt(x, at) / per;
}

/** A signed quantity: the word less 32768, divided. */
export function signed(at: number, per = 1): Convert {
  return (x) => (wordAt(x, at) - 32_768) / per;
}

/** Two words, the lower first, as one number. */
export function long(low: number): Convert {
  return (x) => wordAt(x, low) + wordAt(x, low + 1) * 65_536;
}

/** Reading of the 24-bit converter in two words as a ratio from -1 to 1. */
export function ratio(x: readonly number[]): number {
  return (wordAt(x, 0) + wordAt(x, 1) * 65_536) / 8_388_608 - 1;
}

export function wordAt(x: readonly number[], at: number): number {
  return x[at] ?? 0;
}

/** The last group of most models. */
export const battery: Group = { words: 1, values: [["battery_voltage", "V", word(0, 1000)]] };
