import type { Decoder } from "../fields.ts";
import { battery, decentlab, long, ratio, signed, word, wordAt, type Group } from "./decentlab.ts";
import { carbonDioxide, indoor, sapFlow, sht3x, weatherStation } from "./decentlab-groups.ts";

/** Formulas and scales: user guide of each product. */

const pulses = (channel: string): Group => ({
  words: 4,
  values: [
    [`${channel}_pulse_count`, "1", word(0)],
    [`${channel}_pulse_interval`, "s", word(1)],
    [`${channel}_cumulative_pulse_count`, "1", long(2)],
  ],
});

/** Levels of the profile probe; salinity has the sensor's own scale. */
const profile = (first: number): Group => {
  const levels = [0, 1, 2, 3, 4, 5];
  return {
    words: 18,
    values: [
      ...levels.map((i) => [`moisture_at_level_${first + i}`, "%", signed(i, 100)] as const),
      ...levels.map((i) => [`temperature_at_level_${first + i}`, "Cel", signed(6 + i, 100)] as const),
      ...levels.map(
        (i) => [`salinity_at_level_${first + i}`, "1", (x: readonly number[]) => wordAt(x, 12 + i) - 100] as const,
      ),
    ],
  };
};

const one = (group: Group["values"], words: number): readonly Group[] => [{ words, values: group }, battery];

/** Platinum thermometer against a reference resistor: temperature from the resistance, in ohms. */
function platinum(resistance: number): number {
  return -244.83 + 2.3419 * resistance + 0.0010664 * resistance ** 2;
}

/** Probes that begin with a status word and a temperature. */
const probe = (values: Group["values"]): readonly Group[] =>
  one([["status", "1", word(0)], ["temperature", "Cel", signed(1, 100)], ...values], 5);

export const decentlabModels: Readonly<Record<string, Decoder>> = {
  "decentlab/dl-alb": decentlab(
    one(
      [
        ["incoming_radiation", "W/m2", signed(0, 10)],
        ["reflected_radiation", "W/m2", signed(1, 10)],
        ["albedo", "1", albedo],
      ],
      2,
    ),
  ),
  "decentlab/dl-atm41": decentlab([weatherStation, battery]),
  "decentlab/dl-ctd10": decentlab(
    one(
      [
        ["water_depth", "mm", signed(0)],
        ["temperature", "Cel", signed(1, 10)],
        ["electrical_conductivity", "uS/cm", word(2)],
        ["freezing_flag", "1", word(3)],
      ],
      4,
    ),
  ),
  "decentlab/dl-cws2": decentlab([
    sht3x("air_temperature_radiation_shield", "air_humidity_radiation_shield"),
    {
      words: 6,
      values: [
        ["surface_temperature", "Cel", signed(0, 100)],
        ["air_temperature", "Cel", signed(1, 100)],
        ["air_humidity", "%", signed(2, 100)],
        ["dew_point", "Cel", signed(3, 100)],
        ["angle", "deg", signed(4)],
        ["sensor_temperature", "Cel", signed(5, 100)],
      ],
    },
    battery,
  ]),
  "decentlab/dl-dlr2-003": decentlab(one([["input", "1", word(0)]], 1)),
  "decentlab/dl-dlr2-005": decentlab(one([["voltage", "V", (x) => 3 * ratio(x)]], 2)),
  "decentlab/dl-dlr2-008": decentlab(
    one([["temperature", "Cel", (x, { R = 0 }) => platinum(((ratio(x) / 2) * R) / (1 - ratio(x) / 2))]], 2),
    { R: 2000 },
  ),
  "decentlab/dl-dlr2-010": decentlab([pulses("ch0"), pulses("ch1"), battery]),
  "decentlab/dl-dlr2-012": decentlab(one([["strain_gauge", "um/m", (x) => (ratio(x) / 64) * (4 / 2.02) * 1e6]], 2)),
  // The three constants are on the calibration sheet of each scale; these are of the maker's example.
  "decentlab/dl-dws": decentlab(
    one(
      [
        ["frequency", "Hz", (x) => frequencyOf(x)],
        ["weight", "g", (x, { f02 = 0, s = 0, m0 = 0 }) => (frequencyOf(x) ** 2 - f02) * s + m0],
      ],
      3,
    ),
    { f02: 232_263_168, s: 0.000302459, m0: 1370 },
  ),
  "decentlab/dl-iam": decentlab(indoor),
  "decentlab/dl-ilt": decentlab(one([["leaf_temperature", "Cel", signed(0, 100)]], 1)),
  "decentlab/dl-isf": decentlab([sapFlow, battery]),
  "decentlab/dl-lp8p": decentlab(carbonDioxide),
  "decentlab/dl-lws": decentlab(one([["leaf_wetness_index", "1", (x) => ratio(x)]], 2)),
  "decentlab/dl-mes5": decentlab(
    probe([
      ["sludge_blanket", "%", word(2, 100)],
      ["suspended_solid", "g/L", word(3, 100)],
      ["turbidity", "{FAU}", word(4, 10)],
    ]),
  ),
  "decentlab/dl-optod": decentlab(
    probe([
      ["oxygen_saturation", "%", signed(2, 100)],
      ["oxygen_concentration", "mg/L", signed(3, 100)],
      ["oxygen_concentration_alt", "[ppm]", signed(4, 100)],
    ]),
  ),
  "decentlab/dl-pheht": decentlab(
    probe([
      ["ph", "[pH]", signed(2, 100)],
      ["redox", "mV", signed(3, 10)],
      ["ph_mv", "mV", signed(4, 10)],
    ]),
  ),
  // Ordered with a range in bar.
  "decentlab/dl-pr21": decentlab(
    one(
      [
        ["pressure", "bar", (x, { min = 0, max = 0 }) => ((wordAt(x, 0) - 16_384) / 32_768) * (max - min) + min],
        ["temperature", "Cel", (x) => (wordAt(x, 1) - 384) * 0.003125 - 50],
      ],
      2,
    ),
    { min: -1, max: 10 },
  ),
  "decentlab/dl-pr36": decentlab(
    one(
      [
        ["pressure", "bar", (x, { kp = 1 }) => (wordAt(x, 0) - 32_768) / kp],
        ["temperature", "Cel", signed(1, 256)],
      ],
      2,
    ),
    { kp: 8192 },
  ),
  "decentlab/dl-pyr": decentlab(
    one([["total_solar_radiation", "W/m2", (x) => (wordAt(x, 0) / 32_768 - 1) * 15_000]], 1),
  ),
  "decentlab/dl-sdd": decentlab([profile(0), profile(6), battery]),
  "decentlab/dl-sht35-002": decentlab([sht3x("air_temperature", "air_humidity"), battery]),
  // mm for each tip of the bucket.
  "decentlab/dl-tbrg": decentlab(
    one(
      [
        ["precipitation", "mm", (x, { resolution = 0 }) => wordAt(x, 0) * resolution],
        ["precipitation_interval", "s", word(1)],
        ["cumulative_precipitation", "mm", (x, constants) => long(2)(x, constants) * (constants["resolution"] ?? 0)],
      ],
      4,
    ),
    { resolution: 0.1 },
  ),
  // Polynomials of the METER TEROS 11 manual.
  "decentlab/dl-trs11": decentlab(
    one(
      [
        ["dielectric_permittivity", "1", (x) => permittivity(wordAt(x, 0) / 10)],
        ["volumetric_water_content", "m3/m3", (x) => (wordAt(x, 0) / 10) * 0.0003879 - 0.6956],
        ["soil_temperature", "Cel", signed(1, 10)],
      ],
      2,
    ),
  ),
  "decentlab/dl-trs21": decentlab(
    one(
      [
        ["water_potential", "kPa", (x) => wordAt(x, 0) / -10],
        ["soil_temperature", "Cel", signed(1, 10)],
      ],
      2,
    ),
  ),
};

/** Reflected over incoming radiation, 0 in the dark. */
function albedo(x: readonly number[]): number {
  const incoming = wordAt(x, 0) - 32_768;
  const reflected = wordAt(x, 1) - 32_768;
  return incoming > 0 && reflected > 0 ? reflected / incoming : 0;
}

function frequencyOf(x: readonly number[]): number {
  return (wordAt(x, 0) / wordAt(x, 1)) * 32_768;
}

function permittivity(raw: number): number {
  return (2.887e-9 * raw ** 3 - 2.08e-5 * raw ** 2 + 5.276e-2 * raw - 43.39) ** 2;
}
