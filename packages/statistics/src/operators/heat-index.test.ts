import { expect, test } from "vitest";
import { heatIndex } from "./heat-index.ts";

const fahrenheit = (value: number) => (value - 32) / 1.8;

test("34 °C at 65 % feels like 44.4, 25 °C at 60 % like 25.1", () => {
  expect(heatIndex(34, 65)).toBeCloseTo(44.4, 1);
  expect(heatIndex(25, 60)).toBeCloseTo(25.1, 1);
});

test.each([
  // The chart of the US National Weather Service, whole °F.
  [80, 40, 80],
  [90, 50, 95],
  [90, 80, 113],
  [100, 40, 109],
  [110, 40, 136],
  [86, 90, 105],
])("%d °F at %d %% is %d °F on the service's chart", (temperature, humidity, felt) => {
  expect(Math.round(heatIndex(fahrenheit(temperature), humidity) * 1.8 + 32)).toBe(felt);
});

test("dry heat is adjusted downwards, damp warmth upwards, and both meet the regression at their edges", () => {
  // 95 °F, 9 %: the whole adjustment of 1 °F; 95 °F, 13 %: none.
  const dry = heatIndex(fahrenheit(95), 9) * 1.8 + 32;
  const plain = -42.379 + 2.04901523 * 95 + 10.14333127 * 9 - 0.22475541 * 95 * 9 - 0.00683783 * 95 ** 2;
  const rest = -0.05481717 * 81 + 0.00122874 * 95 ** 2 * 9 + 0.00085282 * 95 * 81 - 0.00000199 * 95 ** 2 * 81;
  expect(dry).toBeCloseTo(plain + rest - 1, 6);
  // 82 °F, 95 %: (10 / 10) * (5 / 5) = 1 °F more than without.
  const damp = heatIndex(fahrenheit(82), 95) * 1.8 + 32;
  const base = -42.379 + 2.04901523 * 82 + 10.14333127 * 95 - 0.22475541 * 82 * 95 - 0.00683783 * 82 ** 2;
  const more =
    -0.05481717 * 95 ** 2 + 0.00122874 * 82 ** 2 * 95 + 0.00085282 * 82 * 95 ** 2 - 0.00000199 * 82 ** 2 * 95 ** 2;
  expect(damp).toBeCloseTo(base + more + 1, 6);
});
