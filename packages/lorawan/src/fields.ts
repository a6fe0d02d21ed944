/** One thing that a device says: a number with its unit, or a state in words. */
export interface Field {
  /** Name in the maker's own documentation. */
  name: string;
  value: number | string | boolean;
  /** UCUM code of a number; null for states, and where the maker publishes no unit. */
  unit: string | null;
}

/** What a device measured at one time. */
export interface Measurement {
  /** When the device says that it measured, ms; null for the time of the uplink. */
  time: number | null;
  fields: Field[];
}

/** What is in a payload. */
export type Decoded =
  | {
      ok: true;
      measurements: Measurement[];
      /** Bytes at the end that the decoder does not know, in hexadecimal; empty when it read everything. */
      unread: string;
    }
  | { ok: false; reason: string };

/** What a decoder is given. */
export interface Payload {
  fPort: number;
  bytes: Uint8Array;
  /** Constants of the one device, such as the range that it was ordered with. */
  parameters: Readonly<Record<string, number>>;
}

/** Reads the payloads of one model of device. */
export interface Decoder {
  decode(payload: Payload): Decoded;
  /** Constants that it takes, with the maker's default. */
  parameters?: Readonly<Record<string, number>>;
}

export function quantity(name: string, value: number, unit: string | null): Field {
  return { name, value, unit };
}

export function state(name: string, value: string | boolean): Field {
  return { name, value, unit: null };
}

/** The word for a code; a code without one is told as it is. */
export function wordOf(words: Readonly<Record<number, string>>, code: number): string {
  return words[code] ?? `code ${code}`;
}

/** One measurement at the time of the uplink. */
export function decoded(fields: Field[], unread = ""): Decoded {
  return { ok: true, measurements: [{ time: null, fields }], unread };
}

export function refused(reason: string): Decoded {
  return { ok: false, reason };
}
