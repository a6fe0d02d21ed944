import { ByteReader } from "../../bytes.ts";
import {
  quantity,
  refused,
  state,
  wordOf,
  type Decoded,
  type Decoder,
  type Field,
  type Measurement,
} from "../../fields.ts";

/**
 * Milesight: items of channel byte, type byte and a value whose length the pair of them fixes; numbers are little-endian
 * ("Payload Definition" in each product's user guide).
 */

/** Reads the value of one item. `before` are the fields that were read so far. */
type Channel = (reader: ByteReader, before: readonly Field[]) => Field[];
/** Reads one record of the history that a device sends again: time first, in seconds. */
type History = (reader: ByteReader) => Field[];

export interface Format {
  /** By channel and type in hexadecimal, such as `0367`. */
  channels: Readonly<Record<string, Channel>>;
  /** Records under `20ce`. */
  history?: History;
}

export function milesight(format: Format): Decoder {
  return {
    decode({ bytes }) {
      const reader = new ByteReader(bytes);
      const fields: Field[] = [];
      const records: Measurement[] = [];
      while (reader.left >= 2) {
        const start = reader.at;
        const key = reader.hex(2);
        const channel = Object.hasOwn(format.channels, key) ? format.channels[key] : undefined;
        if (channel) fields.push(...channel(reader, fields));
        else if (key === "20ce" && format.history) {
          records.push({ time: reader.u32le() * 1000, fields: format.history(reader) });
        } else {
          reader.back(start);
          break;
        }
      }
      return result(fields, records, reader);
    },
  };
}

function result(fields: Field[], records: Measurement[], reader: ByteReader): Decoded {
  const unread = reader.rest();
  if (fields.length === 0 && records.length === 0) {
    return refused(`channel and type ${unread.slice(0, 4) || "(none)"} are not known for this model`);
  }
  const own: Measurement[] = fields.length > 0 ? [{ time: null, fields }] : [];
  return { ok: true, measurements: [...own, ...records], unread };
}

export const u8 =
  (name: string, unit: string | null, per = 1): Channel =>
  (r) => [quantity(name, r.u8() / per, unit)];

export const u16 =
  (name: string, unit: string | null, per = 1): Channel =>
  (r) => [quantity(name, r.u16le() / per, unit)];

export const i16 =
  (name: string, unit: string | null, per = 1): Channel =>
  (r) => [quantity(name, r.i16le() / per, unit)];

export const u32 =
  (name: string, unit: string | null): Channel =>
  (r) => [quantity(name, r.u32le(), unit)];

/** One byte that stands for a word. */
export const oneOf =
  (name: string, words: Readonly<Record<number, string>>): Channel =>
  (r) => [state(name, wordOf(words, r.u8()))];

/** One byte, 1 for true. */
export const flag =
  (name: string): Channel =>
  (r) => [state(name, r.u8() === 1)];

/** Values one after another. */
export const all =
  (...parts: readonly Channel[]): Channel =>
  (r, before) =>
    parts.flatMap((part) => part(r, before));

const version =
  (name: string): Channel =>
  (r) => {
    const [high = 0, low = 0] = r.take(2);
    return [state(name, `v${high.toString(16)}.${low.toString(16)}`)];
  };

const firmwareOfFour: Channel = (r) => [state("firmware_version", Array.from(r.take(4)).join("."))];

const classes = { 0: "ClassA", 1: "ClassB", 2: "ClassC", 3: "ClassCtoB" };

/** What every model says about itself and its battery. */
export const common: Readonly<Record<string, Channel>> = {
  ff01: (r) => [state("protocol_version", `v0.${r.u8()}`)],
  ff08: (r) => [state("sn", r.hex(6))],
  ff09: version("hardware_version"),
  ff0a: version("firmware_version"),
  ff0b: (r) => {
    r.u8();
    return [state("device_status", "on")];
  },
  ff0f: oneOf("lorawan_class", classes),
  ff16: (r) => [state("sn", r.hex(8))],
  ff1f: firmwareOfFour,
  fffe: u8("reset_event", null),
  ffff: version("tsl_version"),
  "0175": u8("battery", "%"),
};

export const temperature = i16("temperature", "Cel", 10);
export const humidity = u8("humidity", "%", 2);

/** Battery, temperature and humidity, as most of the room and weather sensors have. */
export const climate: Readonly<Record<string, Channel>> = { ...common, "0367": temperature, "0468": humidity };

export type { Channel };
