import { expect, test } from "vitest";
import { COMMON_UNITS } from "./unit-table.ts";
import { createUnitConversion, unitsLike } from "./units.ts";

const conversion = createUnitConversion();

// Worked by hand from the definitions: inch 25.4 mm, foot 304.8 mm, knot 1852 m/h, 0 Cel = 273.15 K = 32 degF.
test.each([
  [1, "[in_i]", "mm", 25.4],
  [0.1, "[in_i]", "mm", 2.54],
  [1, "[ft_i]", "m", 0.3048],
  [2.5, "m", "cm", 250],
  [36, "km/h", "m/s", 10],
  [10, "[kn_i]", "m/s", 5.14444444444],
  [10, "[kn_i]", "km/h", 18.52],
  [212, "[degF]", "Cel", 100],
  [-40, "Cel", "[degF]", -40],
  [300, "K", "Cel", 26.85],
  [1013.25, "hPa", "Pa", 101_325],
  [1, "bar", "kPa", 100],
  [1013, "mbar", "hPa", 1013],
  [0.035, "mg/m3", "ug/m3", 35],
  [1, "mg/L", "ug/m3", 1_000_000],
  [1, "m3/s", "m3/h", 3600],
  [1, "m3/s", "L/s", 1000],
  [86.4, "ML/d", "m3/s", 1],
  [86.4, "Ml/d", "L/s", 1000],
  [0.5, "1", "%", 50],
  [1500, "W", "kW", 1.5],
  [1, "kW.h", "MJ", 3.6],
  [12_100, "mV", "V", 12.1],
  [1, "mS/cm", "uS/cm", 1000],
  [0.1, "S/m", "mS/cm", 1],
  [6, "B[SPL]", "dB[SPL]", 60],
  [3, "%/m", "/m", 0.03],
  [180, "deg", "rad", Math.PI],
])("%d %s in %s", (value, from, to, expected) => {
  expect(conversion(from, to)?.(value)).toBeCloseTo(expected, 9);
});

test.each([
  ["°C", "Cel"],
  ["µg/m³", "ug/m3"],
  ["μg/m3", "ug/m3"],
  ["ug/m^3", "ug/m3"],
  ["GQ", "ug/m3"],
  ["CEL", "Cel"],
  ["m.s-1", "m/s"],
  ["mbar", "hPa"],
  ["l/s", "L/s"],
  ["{cars}", "{vehicles}"],
  ["1", "{vehicles}"],
  ["kWh", "kW.h"],
  ["[NTU]", "{NTU}"],
])("%s is %s in another spelling: the value stays to the last bit", (from, to) => {
  expect(conversion(from, to)?.(0.1 + 0.2)).toBe(0.1 + 0.2);
});

test.each([
  ["m", "ug/m3"],
  ["Cel", "%"],
  ["mm", "mm/h"],
  ["kW", "kW.h"],
  ["[pH]", "1"],
  ["dB[SPL]", "1"],
  ["deg", "Cel"],
  ["Cel/h", "K/h"],
  ["parsecs", "m"],
  ["m//s", "m/s"],
  ["", "m"],
  ["{}m", "m"],
  ["constructor", "1"],
  ["ktoString", "1"],
  ["__proto__", "1"],
])("%s is refused for %s", (from, to) => {
  expect(conversion(from, to)).toBeNull();
});

test("every unit that is offered can be converted to itself and back", () => {
  for (const unit of COMMON_UNITS) {
    expect(conversion(unit, unit)?.(1.5), unit).toBe(1.5);
    for (const other of unitsLike(unit)) {
      const there = conversion(unit, other);
      const back = conversion(other, unit);
      expect(back?.(there?.(1.5) ?? NaN), `${unit} to ${other}`).toBeCloseTo(1.5, 7);
    }
  }
});

test("offers the units that would be right", () => {
  expect(unitsLike("ug/m3")).toEqual(["ug/m3", "mg/m3", "mg/L", "ug/L", "g/L"]);
  expect(unitsLike("Cel")).toEqual(["Cel", "[degF]", "K"]);
  expect(unitsLike("hPa").slice(0, 3)).toEqual(["hPa", "Pa", "kPa"]);
});

test("many spellings do not fill the memory and still convert", () => {
  for (let i = 0; i < 5000; i++) expect(conversion(`m{${i}}`, "cm")?.(1)).toBe(100);
});
