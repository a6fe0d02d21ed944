import { ByteReader } from "../bytes.ts";
import { decoded, quantity, refused, state, type Decoder, type Field } from "../fields.ts";

/**
 * Tektelic (technical reference manual of each product): on port 10 items of two header bytes and a big-endian value. Other
 * ports answer commands and carry no readings.
 */
type Item = (reader: ByteReader) => Field[];

function tektelic(items: Readonly<Record<string, Item>>): Decoder {
  return {
    decode({ fPort, bytes }) {
      if (fPort !== 10) return refused(`port ${fPort} of Tektelic carries no readings; they come on port 10`);
      const reader = new ByteReader(bytes);
      const fields: Field[] = [];
      while (reader.left >= 2) {
        const start = reader.at;
        const key = reader.hex(2);
        const item = Object.hasOwn(items, key) ? items[key] : undefined;
        if (!item) {
          reader.back(start);
          break;
        }
        fields.push(...item(reader));
      }
      if (fields.length === 0)
        return refused(`header ${reader.rest().slice(0, 4) || "(none)"} is not known for this model`);
      return decoded(fields, reader.rest());
    },
  };
}

const tenths =
  (name: string, unit: string): Item =>
  (r) => [quantity(name, r.i16be() / 10, unit)];
const halves =
  (name: string): Item =>
  (r) => [quantity(name, r.u8() / 2, "%")];
const volts =
  (name: string): Item =>
  (r) => [quantity(name, r.u16be() / 1000, "V")];
const byte =
  (name: string, unit: string): Item =>
  (r) => [quantity(name, r.u8(), unit)];
const word =
  (name: string, unit: string): Item =>
  (r) => [quantity(name, r.u16be(), unit)];

/** Gravimetric soil moisture from the frequency of input 1: 0.1 at 1,399 Hz and 0.1 more for each 5 Hz less. */
function moisture(frequency: number): Field {
  const name = "input1_frequency_to_moisture";
  if (frequency > 1399) return state(name, "Dry");
  if (frequency <= 1341) return state(name, "Wet");
  return quantity(name, frequency > 1396 ? 0.1 : (2 + Math.floor((1396 - frequency) / 5)) / 10, "1");
}

/** A value to one decimal, as the manual gives derived temperatures. */
function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}

const soil: Item = (r) => {
  const frequency = r.u16be();
  return [moisture(frequency), quantity("input1_frequency", frequency, "Hz")];
};

const soilTemperature: Item = (r) => {
  const millivolts = r.u16be();
  return [
    quantity("input2_voltage", millivolts / 1000, "V"),
    // Of no voltage there is no logarithm: the probe is not connected.
    ...(millivolts > 0
      ? [quantity("input2_voltage_to_temp", toTenth(-32.46 * Math.log(millivolts) + 236.36), "Cel")]
      : []),
  ];
};

/** Thermistor on inputs 3 and 4. */
const thermistor =
  (input: string): Item =>
  (r) => {
    const v = r.u16be() / 1000;
    const celsius = -33.01 * v ** 5 + 217.4 * v ** 4 - 538.6 * v ** 3 + 628.1 * v ** 2 - 378.9 * v + 102.9;
    return [quantity(`${input}_voltage`, v, "V"), quantity(`${input}_voltage_to_temp`, toTenth(celsius), "Cel")];
  };

/** The maker's units of the energy meter are not published with the recorded messages. */
const meter: Item = (r) => [
  quantity("energy_consumption_meter_elapsed", r.u32be(), "s"),
  quantity("energy_consumption_meter_consumed", r.u32be(), null),
  quantity("energy_consumption_meter_status", (r.u8() << 16) | r.u16be(), null),
];

export const tektelicModels: Readonly<Record<string, Decoder>> = {
  "tektelic/aura": tektelic({ "00fe": meter }),
  "tektelic/comfort": tektelic({
    "00ba": volts("battery_voltage"),
    "0100": byte("reed_state", "1"),
    "0200": byte("light_detected", "1"),
    "0367": tenths("ambient_temperature", "Cel"),
    "0468": halves("relative_humidity"),
  }),
  "tektelic/kiwi": tektelic({
    "00bd": word("rem_batt_days", "d"),
    "00d3": byte("rem_batt_capacity", "%"),
    "0104": soil,
    "0202": soilTemperature,
    "0302": thermistor("input3"),
    "0367": tenths("input3_temperature", "Cel"),
    "0402": thermistor("input4"),
    "0467": tenths("input4_temperature", "Cel"),
    "0504": word("watermark1_frequency", "Hz"),
    "0604": word("watermark2_frequency", "Hz"),
    "0965": word("light_intensity", "lx"),
    "0b67": tenths("ambient_temperature", "Cel"),
    "0b68": halves("relative_humidity"),
    "0c67": tenths("mcu_temperature", "Cel"),
  }),
};
