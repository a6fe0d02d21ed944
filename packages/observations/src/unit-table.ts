/**
 * The subset of units that city stations use. Codes and factors: The Unified Code for Units of Measure (UCUM) 2.1, tables 1
 * to 8; international foot, inch, knot and mile exact by definition (1959 agreement). UN/CEFACT codes: Recommendation 20.
 */

export type Dimension = "length" | "mass" | "time" | "temperature" | "current" | "luminous" | "angle" | "pH" | "SPL";

interface Atom {
  /** Size in base units: m, g, s, K, A, cd, rad. */
  factor: number;
  /** Added after scaling, for degrees of temperature. */
  offset?: number;
  dimensions: [Dimension, number][];
  /** May carry a prefix. */
  metric?: boolean;
}

const length: [Dimension, number][] = [["length", 1]];
const time: [Dimension, number][] = [["time", 1]];
const volume: [Dimension, number][] = [["length", 3]];
const temperature: [Dimension, number][] = [["temperature", 1]];
const energy: [Dimension, number][] = [
  ["mass", 1],
  ["length", 2],
  ["time", -2],
];
const power: [Dimension, number][] = [
  ["mass", 1],
  ["length", 2],
  ["time", -3],
];
const pressure: [Dimension, number][] = [
  ["mass", 1],
  ["length", -1],
  ["time", -2],
];

const ATOMS: Readonly<Record<string, Atom | undefined>> = {
  m: { factor: 1, dimensions: length, metric: true },
  "[in_i]": { factor: 0.0254, dimensions: length },
  "[ft_i]": { factor: 0.3048, dimensions: length },
  "[mi_i]": { factor: 1609.344, dimensions: length },
  "[nmi_i]": { factor: 1852, dimensions: length },
  g: { factor: 1, dimensions: [["mass", 1]], metric: true },
  t: { factor: 1e6, dimensions: [["mass", 1]], metric: true },
  s: { factor: 1, dimensions: time, metric: true },
  min: { factor: 60, dimensions: time },
  h: { factor: 3600, dimensions: time },
  d: { factor: 86_400, dimensions: time },
  wk: { factor: 604_800, dimensions: time },
  Hz: { factor: 1, dimensions: [["time", -1]], metric: true },
  "[kn_i]": {
    factor: 1852 / 3600,
    dimensions: [
      ["length", 1],
      ["time", -1],
    ],
  },
  L: { factor: 1e-3, dimensions: volume, metric: true },
  l: { factor: 1e-3, dimensions: volume, metric: true },
  "[gal_us]": { factor: 0.003785411784, dimensions: volume },
  har: { factor: 1e4, dimensions: [["length", 2]] },
  K: { factor: 1, dimensions: temperature, metric: true },
  Cel: { factor: 1, offset: 273.15, dimensions: temperature },
  "[degF]": { factor: 5 / 9, offset: 459.67 * (5 / 9), dimensions: temperature },
  // With the gram as base of mass, one newton is 1,000 g.m/s2.
  Pa: { factor: 1e3, dimensions: pressure, metric: true },
  bar: { factor: 1e8, dimensions: pressure, metric: true },
  atm: { factor: 101_325e3, dimensions: pressure },
  "m[Hg]": { factor: 133_322_387.415, dimensions: pressure, metric: true },
  J: { factor: 1e3, dimensions: energy, metric: true },
  W: { factor: 1e3, dimensions: power, metric: true },
  A: { factor: 1, dimensions: [["current", 1]], metric: true },
  V: { factor: 1e3, dimensions: [...power, ["current", -1]], metric: true },
  S: {
    factor: 1e-3,
    dimensions: [
      ["mass", -1],
      ["length", -2],
      ["time", 3],
      ["current", 2],
    ],
    metric: true,
  },
  cd: { factor: 1, dimensions: [["luminous", 1]], metric: true },
  lm: { factor: 1, dimensions: [["luminous", 1]], metric: true },
  lx: {
    factor: 1,
    dimensions: [
      ["luminous", 1],
      ["length", -2],
    ],
    metric: true,
  },
  deg: { factor: Math.PI / 180, dimensions: [["angle", 1]] },
  rad: { factor: 1, dimensions: [["angle", 1]], metric: true },
  "%": { factor: 1e-2, dimensions: [] },
  "[ppth]": { factor: 1e-3, dimensions: [] },
  "[ppm]": { factor: 1e-6, dimensions: [] },
  "[ppb]": { factor: 1e-9, dimensions: [] },
  // Logarithmic and arbitrary scales: only ever converted within themselves.
  "[pH]": { factor: 1, dimensions: [["pH", 1]] },
  "B[SPL]": { factor: 10, dimensions: [["SPL", 1]] },
  "dB[SPL]": { factor: 1, dimensions: [["SPL", 1]] },
};

/** Longest first where one begins another. */
export const PREFIXES: readonly (readonly [string, number])[] = [
  ["da", 1e1],
  ["T", 1e12],
  ["G", 1e9],
  ["M", 1e6],
  ["k", 1e3],
  ["h", 1e2],
  ["d", 1e-1],
  ["c", 1e-2],
  ["m", 1e-3],
  ["u", 1e-6],
  ["n", 1e-9],
  ["p", 1e-12],
];

/** Offered to senders of an unfit unit. */
export const COMMON_UNITS: readonly string[] = [
  ..."mm cm m km [in_i] [ft_i] m/s km/h [kn_i] [mi_i]/h mm/h Cel [degF] K Pa hPa kPa mbar bar".split(" "),
  ..."ug/m3 mg/m3 mg/L ug/L g/L m3/s m3/h L/s L/min ML/d m3 L W kW MW W/m2 J kJ MJ kW.h W.h mV V mA A".split(" "),
  ..."uS/cm mS/cm S/m deg rad s min h d Hz lx % 1 [ppm] [ppb] [pH] dB[SPL] g kg t %/m har km2 m2".split(" "),
];

const ALIASES: Readonly<Record<string, string | undefined>> = {
  "°C": "Cel",
  ºC: "Cel",
  degC: "Cel",
  "°F": "[degF]",
  degF: "[degF]",
  "°": "deg",
  "": "1",
  mph: "[mi_i]/h",
  kn: "[kn_i]",
  kt: "[kn_i]",
  ft: "[ft_i]",
  in: "[in_i]",
  inch: "[in_i]",
  kWh: "kW.h",
  Wh: "W.h",
  kW·h: "kW.h",
  ppm: "[ppm]",
  ppb: "[ppb]",
  pH: "[pH]",
  NTU: "{NTU}",
  "[NTU]": "{NTU}",
  dB: "dB[SPL]",
  "dB(A)": "dB[SPL]",
  dBA: "dB[SPL]",
  lux: "lx",
  ha: "har",
  CEL: "Cel",
  FAH: "[degF]",
  KEL: "K",
  MMT: "mm",
  CMT: "cm",
  MTR: "m",
  KMT: "km",
  INH: "[in_i]",
  FOT: "[ft_i]",
  MTS: "m/s",
  KMH: "km/h",
  KNT: "[kn_i]",
  PAL: "Pa",
  A97: "hPa",
  KPA: "kPa",
  MBR: "mbar",
  BAR: "bar",
  GQ: "ug/m3",
  GP: "mg/m3",
  M1: "mg/L",
  MQS: "m3/s",
  MQH: "m3/h",
  P1: "%",
  C62: "1",
  DD: "deg",
  SEC: "s",
  HUR: "h",
  WTT: "W",
  KWT: "kW",
  KWH: "kW.h",
  VLT: "V",
  D54: "W/m2",
  LUX: "lx",
  "2N": "dB[SPL]",
};

/** The unit of one symbol without prefix and exponent. */
export function atomOf(symbol: string): Atom | undefined {
  return Object.hasOwn(ATOMS, symbol) ? ATOMS[symbol] : undefined;
}

/** UCUM code of a spelling in common use that is not UCUM itself. */
export function aliasOf(spelled: string): string | undefined {
  const trimmed = spelled.trim();
  return Object.hasOwn(ALIASES, trimmed) ? ALIASES[trimmed] : undefined;
}
