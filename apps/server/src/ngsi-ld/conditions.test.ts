import { expect, test } from "vitest";
import { readCondition } from "./conditions.ts";

const entity = {
  id: "urn:ngsi-ld:WeatherObserved:wx-1",
  type: "WeatherObserved",
  temperature: { type: "Property", value: 31.5, observedAt: "2026-10-22T02:00:00.000Z", unitCode: "CEL" },
  windSpeed: { type: "Property", value: 0 },
  stationCode: { type: "Property", value: "wx-1" },
  location: { type: "GeoProperty", value: { type: "Point", coordinates: [108.2, 16.06] } },
};

test.each([
  ["temperature", true],
  ["rain", false],
  ["temperature>31", true],
  ["temperature>=31.5", true],
  ["temperature<31.5", false],
  ["temperature==31.5", true],
  ["temperature!=31.5", false],
  ["temperature==30..32", true],
  ["temperature==1,31.5", true],
  ["temperature!=1..2,40..50", true],
  ["temperature==-5..0", false],
  ["windSpeed==0", true],
  ['stationCode=="wx-1"', true],
  ["stationCode==wx-1", true],
  ['stationCode=="wx-1;wx-2"', false],
  // A number is no text.
  ['temperature=="31.5"', false],
  ["temperature.observedAt>=2026-10-22T02:00:00Z", true],
  ["temperature.observedAt>2026-10-22T03:00:00Z", false],
  ["temperature.unitCode==CEL", true],
  ["location[type]==Point", true],
  ["temperature>40|windSpeed<1", true],
  ["temperature>40;windSpeed<1", false],
  ["temperature>30;(windSpeed>1|stationCode==wx-1)", true],
  ["(temperature>40|rain);windSpeed==0", false],
  ["constructor", false],
  ["toString", false],
])("%s is %s", (q, expected) => {
  expect(readCondition(q)(entity)).toBe(expected);
});

test.each([
  ["", /character 1: the name of an attribute/],
  ["temperature>", /character 13: a value/],
  ["temperature>30;", /character 16: the name/],
  ["temperature>30)", /character 15: `;`, `\|` or the end/],
  ["(temperature>30", /character 16: `\)`/],
  ["temperature>1,2", /compares with one value/],
  ["temperature>1..2", /compares with one value/],
  ["temperature~=3.*", /patterns .* are not supported/],
  ["(".repeat(21) + "a" + ")".repeat(21), /at most 20 parentheses/],
  [`a==${"1".repeat(2000)}`, /at most 2000 characters/],
])("%s is told where it cannot be read", (q, message) => {
  expect(() => readCondition(q)).toThrow(message);
});

test("a long chain is read in good time and without depth", () => {
  const q = Array.from({ length: 300 }, () => "rain").join("|");
  expect(readCondition(`${q}|temperature`)(entity)).toBe(true);
});
