import { ByteReader } from "../bytes.ts";
import { decoded, quantity, refused, type Decoder, type Field } from "../fields.ts";

/**
 * Elsys, all models: items of a type byte and a big-endian value ("Payload format", document of the maker). Scales: tenths
 * of a degree, millivolts, pascals for pressure.
 */
type Item = (reader: ByteReader) => Field[];

const number =
  (name: string, unit: string, read: (r: ByteReader) => number, per = 1): Item =>
  (r) => [quantity(name, read(r) / per, unit)];
const u8 = (r: ByteReader): number => r.u8();
const u16 = (r: ByteReader): number => r.u16be();
const u32 = (r: ByteReader): number => r.u32be();
const i16 = (r: ByteReader): number => r.i16be();

/** 24-bit signed, ten-thousandths of a degree. */
function angle(r: ByteReader): number {
  return ((r.i8() << 16) | r.u16be()) / 1e4;
}

const items: Readonly<Record<number, Item>> = {
  0x01: number("temperature", "Cel", i16, 10),
  0x02: number("humidity", "%", u8),
  // 63 is the acceleration of gravity.
  0x03: (r) => ["x", "y", "z"].map((axis) => quantity(axis, r.i8(), "1")),
  0x04: number("light", "lx", u16),
  0x05: number("motion", "1", u8),
  0x06: number("co2", "[ppm]", u16),
  0x07: number("vdd", "mV", u16),
  0x08: number("analog1", "mV", u16),
  0x09: (r) => [quantity("lat", angle(r), "deg"), quantity("long", angle(r), "deg")],
  0x0a: number("pulse1", "1", u16),
  0x0b: number("pulseAbs", "1", u32),
  0x0c: number("externalTemperature", "Cel", i16, 10),
  0x0d: number("digital", "1", u8),
  0x0e: number("distance", "mm", u16),
  0x0f: number("accMotion", "1", u8),
  0x10: (r) => [
    quantity("irInternalTemperature", r.i16be() / 10, "Cel"),
    quantity("irExternalTemperature", r.i16be() / 10, "Cel"),
  ],
  0x11: number("occupancy", "1", u8),
  0x12: number("waterleak", "1", u8),
  // A picture of 64 temperatures; only that of the sensor itself is a measurement of a place.
  0x13: (r) => {
    const reference = quantity("grideyeReference", r.u8(), "Cel");
    r.take(64);
    return [reference];
  },
  0x14: number("pressure", "hPa", u32, 1000),
  0x15: (r) => [quantity("soundPeak", r.u8(), "dB[SPL]"), quantity("soundAvg", r.u8(), "dB[SPL]")],
  0x16: number("pulse2", "1", u16),
  0x17: number("pulseAbs2", "1", u32),
  0x18: number("analog2", "mV", u16),
  0x19: number("externalTemperature2", "Cel", i16, 10),
  0x1a: number("digital2", "1", u8),
  0x1b: number("analogUv", "uV", (r) => r.i32be()),
  0x1c: number("tvoc", "[ppb]", u16),
};

const elsys: Decoder = {
  decode({ bytes }) {
    const reader = new ByteReader(bytes);
    const fields: Field[] = [];
    while (reader.left > 0) {
      const start = reader.at;
      const item = items[reader.u8()];
      if (!item) {
        reader.back(start);
        break;
      }
      fields.push(...item(reader));
    }
    if (fields.length === 0) return refused(`type ${reader.rest().slice(0, 2) || "(none)"} of Elsys is not known`);
    return decoded(fields, reader.rest());
  },
};

const names = [
  ..."ers ers-co2 ers-co2-lite ers-eye ers-lite ers-sound ers-voc ers2 ers2-co2 ers2-co2-lite ers2-eye ers2-sound".split(
    " ",
  ),
  ..."elt-2 elt-lite elt-ultrasonic ems ems-desk ems-door ems-lite".split(" "),
];
export const elsysModels: Readonly<Record<string, Decoder>> = Object.fromEntries(
  names.map((name) => [`elsys/${name}`, elsys]),
);
