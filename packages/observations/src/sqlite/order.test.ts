import { expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { writeOrder } from "./order.ts";

test.each([0, 1, 500, 3000])("%i readings are ordered by series, time and arrival", (count) => {
  const random = seededRandom(7);
  const series = Int32Array.from({ length: count }, () => Math.floor(random() * 40));
  const time = Float64Array.from({ length: count }, () => Math.floor(random() * 60));
  const expected = Array.from(series.keys()).sort((a, b) => series[a]! - series[b]! || time[a]! - time[b]! || a - b);
  expect(Array.from(writeOrder(series, time))).toEqual(expected);
});
