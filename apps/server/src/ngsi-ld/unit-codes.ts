/** UN/CEFACT common codes (Recommendation 20) by UCUM code, for `unitCode` on the way out. */
const codes: Readonly<Record<string, string>> = {
  Cel: "CEL",
  K: "KEL",
  "%": "P1",
  "1": "C62",
  mm: "MMT",
  cm: "CMT",
  m: "MTR",
  km: "KMT",
  "m/s": "MTS",
  "km/h": "KMH",
  deg: "DD",
  Pa: "PAL",
  hPa: "A97",
  kPa: "KPA",
  bar: "BAR",
  "ug/m3": "GQ",
  "mg/m3": "GP",
  "mg/L": "M1",
  "m3/s": "MQS",
  "m3/h": "MQH",
  "W/m2": "D54",
  W: "WTT",
  kW: "KWT",
  "kW.h": "KWH",
  V: "VLT",
  s: "SEC",
  "dB[SPL]": "2N",
  lx: "LUX",
  "S/m": "D10",
};

/** Null where the recommendation has no code for the unit, as for counts. */
export function unitCodeOf(ucum: string): string | null {
  return Object.hasOwn(codes, ucum) ? codes[ucum]! : null;
}
