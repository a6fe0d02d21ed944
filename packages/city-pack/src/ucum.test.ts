import { expect, test } from "vitest";
import { isUcum } from "./ucum.ts";

test.each([
  "1",
  "%",
  "ug/m3",
  "mg/L",
  "m3/s",
  "m3/h",
  "Cel",
  "dB[SPL]",
  "[pH]",
  "[ppm]",
  "{vehicles}",
  "{NTU}",
  "uS/cm",
  "kW.h",
  "W/m2",
  "hPa",
  "km/h",
  "%/m",
  "deg",
  "{CFU}/(100.mL)",
  "10*6/m3",
  "/min",
  "km2",
  "m.s-2",
  "L/(min.m2)",
  "[kn_i]",
  "mm/h",
  "1/h",
  "kg{dry}",
  "{index}",
  "10*6.m3",
  "ML/d",
  "mm[Hg]",
])("%s is a unit code", (code) => {
  expect(isUcum(code)).toBe(true);
});

test.each([
  "",
  "µg/m3",
  "m³",
  "ug//m3",
  "mg/",
  "degC",
  "km/hr",
  "furlong",
  "m3/(s",
  "m)",
  "kWh",
  "0",
  "k%",
  "{open",
  "mph",
  "°C",
  "pcs",
])("%s is no unit code", (code) => {
  expect(isUcum(code)).toBe(false);
});
