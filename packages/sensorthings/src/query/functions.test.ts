import { describe, expect, test } from "vitest";
import { evaluate } from "./evaluate.ts";
import { functionNames } from "./function-names.ts";
import { parseExpression } from "./parse-expression.ts";
import { itemOf } from "./test-item.ts";

const now = Date.parse("2026-03-01T00:00:00Z");

const observation = itemOf({
  text: "  Sơn Trà  ",
  name: "Sơn Trà",
  phenomenonTime: "2016-01-01T06:05:04.250Z",
  at: new Date("2016-01-01T06:05:04.250Z"),
  validTime: "2016-01-01T06:00:00Z/2016-01-01T07:00:00Z",
  resultTime: null,
  properties: { since: "2015-05-05T00:00:00+07:00" },
  result: "2.5",
});

const tested = new Set<string>();

function value(source: string): unknown {
  for (const [, name = ""] of source.matchAll(/([\w.]+)\(/g)) tested.add(name);
  return evaluate(parseExpression(source), observation, now);
}

describe("req/request-data/built-in-filter-functions: texts", () => {
  test.each([
    ["substringof('Trà', name)", true],
    ["substringof('trà', name)", false],
    ["endswith(name, 'Trà')", true],
    ["endswith(name, 'Sơn')", false],
    ["startswith(name, 'Sơn')", true],
    ["startswith(name, 'Trà')", false],
    ["length(name)", 7],
    ["length('a😀b')", 3],
    ["indexof(name, 'Trà')", 4],
    ["indexof(name, 'x')", -1],
    ["indexof('a😀b', 'b')", 2],
    ["substring(name, 4)", "Trà"],
    ["substring(name, 4, 1)", "T"],
    ["substring(name, 99)", ""],
    ["substring(name, 1.5)", null],
    ["tolower(name)", "sơn trà"],
    ["toupper(name)", "SƠN TRÀ"],
    ["trim(text)", "Sơn Trà"],
    ["concat(concat(name, ', '), 'Đà Nẵng')", "Sơn Trà, Đà Nẵng"],
    ["concat(result, 1)", "2.51"],
  ])("%s is %j", (source, expected) => {
    expect(value(source)).toBe(expected);
  });
});

describe("req/request-data/built-in-filter-functions: dates", () => {
  test.each([
    ["year(phenomenonTime)", 2016],
    ["month(phenomenonTime)", 1],
    ["day(phenomenonTime)", 1],
    ["hour(phenomenonTime)", 6],
    ["minute(phenomenonTime)", 5],
    ["second(phenomenonTime)", 4],
    ["fractionalseconds(phenomenonTime)", 0.25],
    ["hour(at)", 6],
    ["hour(validTime)", 6],
    ["hour(resultTime)", null],
    ["hour(name)", null],
    // A time says its fields in the offset it was written with.
    ["hour(2016-01-01T06:00:00+07:00)", 6],
    ["day(2016-01-01T23:00:00-05:00)", 1],
    ["totaloffsetminutes(2016-01-01T06:00:00+07:00)", 420],
    ["totaloffsetminutes(2016-01-01T06:00:00-03:30)", -210],
    ["totaloffsetminutes(phenomenonTime)", 0],
    ["year(properties/since)", 2015],
    ["date(phenomenonTime) eq 2016-01-01", true],
    ["date(phenomenonTime) eq date(validTime)", true],
    ["date(phenomenonTime) ne 2016-01-02", true],
    ["time(phenomenonTime) gt 06:05:04", true],
    ["time(phenomenonTime) eq 06:05:04.25", true],
    ["time(phenomenonTime) lt 06:06", true],
    ["now() eq 2026-03-01T00:00:00Z", true],
    ["phenomenonTime lt now()", true],
    ["mindatetime() lt phenomenonTime", true],
    ["maxdatetime() gt phenomenonTime", true],
    ["year(maxdatetime())", 9999],
    ["year(mindatetime())", 1],
  ])("%s is %j", (source, expected) => {
    expect(value(source)).toBe(expected);
  });
});

describe("req/request-data/built-in-filter-functions: numbers", () => {
  test.each([
    ["round(2.5)", 3],
    ["round(-2.5)", -3],
    ["round(2.4)", 2],
    ["round(result)", 3],
    ["floor(2.9)", 2],
    ["floor(-2.1)", -3],
    ["ceiling(2.1)", 3],
    ["ceiling(-2.9)", -2],
    ["round(name)", null],
  ])("%s is %j", (source, expected) => {
    expect(value(source)).toBe(expected);
  });
});

describe("req/request-data/built-in-filter-operations: durations", () => {
  test.each([
    ["phenomenonTime add duration'PT1H' eq 2016-01-01T07:05:04.250Z", true],
    ["phenomenonTime sub duration'P1DT6H' eq 2015-12-31T00:05:04.250Z", true],
    ["duration'PT1H' add phenomenonTime gt 2016-01-01T07:00:00Z", true],
    ["validTime add duration'PT1H' eq 2016-01-01T07:00:00Z/2016-01-01T08:00:00Z", true],
    ["phenomenonTime sub 2016-01-01T05:05:04.250Z eq duration'PT1H'", true],
    ["validTime sub 2016-01-01T05:05:04.250Z", null],
    ["2016-01-31T00:00:00Z add duration'P1M' eq 2016-02-29T00:00:00Z", true],
    ["2016-02-29T00:00:00Z add duration'P1Y' eq 2017-02-28T00:00:00Z", true],
    ["2016-03-31T00:00:00Z sub duration'P1M' eq 2016-02-29T00:00:00Z", true],
    ["2016-01-01T00:00:00Z add duration'-PT1H' eq 2015-12-31T23:00:00Z", true],
    ["duration'PT1H' add duration'PT30M' eq duration'PT1H30M'", true],
    ["duration'PT1H' sub duration'PT30M' eq duration'PT30M'", true],
    ["duration'PT1H' mul 2 eq duration'PT2H'", true],
    ["2 mul duration'PT1H' eq duration'PT2H'", true],
    ["duration'PT1H' div 4 eq duration'PT15M'", true],
    ["duration'PT1H' div 0", null],
    ["duration'PT59M' lt duration'PT1H'", true],
    ["duration'P1M' gt duration'P29D'", true],
    ["duration'P1W' eq duration'P7D'", true],
    ["duration'PT0.5S' eq duration'PT0.500S'", true],
    ["now() sub duration'P1D' eq 2026-02-28T00:00:00Z", true],
    ["phenomenonTime add 1", null],
  ])("%s is %j", (source, expected) => {
    expect(value(source)).toBe(expected);
  });
});

describe("times and intervals", () => {
  const t = "2016-01-01T06:30:00Z";
  const [begin, end] = ["2016-01-01T06:00:00Z", "2016-01-01T07:00:00Z"];
  test.each([
    // The same time with another offset.
    ["phenomenonTime eq 2016-01-01T13:05:04.250+07:00", true],
    ["phenomenonTime eq 2016-01-01T13:05:04.250 07:00", true],
    ["phenomenonTime gt 2016-01-01T06:05Z", true],
    ["at eq phenomenonTime", true],
    ["properties/since lt 2015-05-05T00:00:00Z", true],
    ["phenomenonTime eq 'soon'", false],
    ["phenomenonTime gt 'soon'", null],
    // validTime is from 06:00 to 07:00.
    [`validTime lt ${end}`, true],
    [`validTime lt ${t}`, false],
    [`validTime le ${end}`, true],
    [`validTime gt ${begin}`, false],
    [`validTime ge ${begin}`, true],
    [`validTime gt 2016-01-01T05:59:59Z`, true],
    [`${t} gt validTime`, false],
    [`${end} gt validTime`, true],
    [`validTime eq ${begin}/${end}`, true],
    [`validTime eq ${begin}`, false],
    [`validTime le 2016-01-01T06:00:00Z/2016-01-01T08:00:00Z`, true],
    [`validTime lt 2016-01-01T07:00:00Z/2016-01-01T08:00:00Z`, true],
    [`before(validTime, ${end})`, true],
    [`before(${end}, validTime)`, false],
    [`after(validTime, ${begin})`, false],
    [`after(${end}, validTime)`, true],
    [`meets(validTime, ${end}/2016-01-01T08:00:00Z)`, true],
    [`meets(validTime, ${begin})`, true],
    [`meets(validTime, ${t})`, false],
    [`during(${t}, validTime)`, true],
    [`during(${end}, validTime)`, false],
    [`during(phenomenonTime, ${begin}/${end})`, true],
    [`during(validTime, 2016-01-01T05:00:00Z/2016-01-01T07:00:00Z)`, true],
    [`during(validTime, ${t}/${end})`, false],
    [`during(validTime, phenomenonTime)`, null],
    [`overlaps(validTime, ${t}/2016-01-01T09:00:00Z)`, true],
    [`overlaps(validTime, ${end}/2016-01-01T09:00:00Z)`, false],
    [`overlaps(validTime, ${begin})`, true],
    [`starts(validTime, ${begin})`, true],
    [`starts(validTime, ${t})`, false],
    [`finishes(validTime, ${end})`, true],
    [`finishes(validTime, ${t})`, false],
    ["before(name, phenomenonTime)", null],
  ])("%s is %j", (source, expected) => {
    expect(value(source)).toBe(expected);
  });
});

describe("req/request-data/built-in-filter-functions: geometry", () => {
  const places = {
    point: { type: "Point", coordinates: [108.2, 16.06] },
    line: {
      type: "LineString",
      coordinates: [
        [108, 16],
        [108, 17],
        [109, 17],
      ],
    },
    area: {
      type: "Polygon",
      coordinates: [
        [
          [108, 16],
          [109, 16],
          [109, 17],
          [108, 17],
          [108, 16],
        ],
      ],
    },
    feature: { type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [108.2, 16.06] } },
    broken: {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    },
    text: { type: "Point", coordinates: ["108", "16"] },
    none: { type: "Feature", geometry: null },
    bowTie: {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    },
  };
  function geo(source: string): unknown {
    for (const [, name = ""] of source.matchAll(/([\w.]+)\(/g)) tested.add(name);
    return evaluate(parseExpression(source), itemOf(places), now);
  }
  const unit = "geography'POLYGON((108 16, 109 16, 109 17, 108 17, 108 16))'";
  const neighbour = "geography'POLYGON((109 16, 110 16, 110 17, 109 17, 109 16))'";
  const shifted = "geography'POLYGON((108.5 16.5, 109.5 16.5, 109.5 17.5, 108.5 17.5, 108.5 16.5))'";
  test.each([
    // In degrees, as the conformance tests expect it.
    ["geo.distance(point, geography'POINT(108.2 16.16)') lt 0.11", true],
    ["geo.distance(point, geography'POINT(108.2 17.06)')", 1],
    ["geo.distance(area, point)", 0],
    ["geo.length(line)", 2],
    ["geo.length(geography'MULTILINESTRING((0 0, 3 4), (0 0, 0 1))')", 6],
    ["geo.length(area)", 0],
    ["geo.length(point)", 0],
    [`geo.intersects(point, ${unit})`, true],
    [`geo.intersects(feature, ${unit})`, true],
    ["geo.intersects(line, geography'LINESTRING(107 16.5, 110 16.5)')", true],
    ["st_equals(point, geography'POINT(108.2 16.06)')", true],
    ["st_equals(area, geography'POLYGON((109 16, 109 17, 108 17, 108 16, 109 16))')", true],
    ["st_equals(area, point)", false],
    [`st_disjoint(area, ${neighbour})`, false],
    ["st_disjoint(area, geography'POINT(0 0)')", true],
    [`st_touches(area, ${neighbour})`, true],
    [`st_touches(area, ${shifted})`, false],
    [`st_within(point, ${unit})`, true],
    [`st_within(${unit}, point)`, false],
    [`st_overlaps(area, ${shifted})`, true],
    [`st_overlaps(area, ${unit})`, false],
    ["st_crosses(area, geography'LINESTRING(107 16.5, 108.5 16.5)')", true],
    [`st_crosses(area, ${shifted})`, false],
    [`st_intersects(area, ${neighbour})`, true],
    ["st_contains(area, point)", true],
    // A point on the edge is not inside.
    ["st_contains(area, geography'POINT(108 16.5)')", false],
    ["st_relate(area, point, 'T********')", true],
    ["st_relate(area, point, 'FF*FF****')", false],
    ["st_relate(area, point, 'rubbish')", null],
    ["st_within(point, broken)", null],
    ["st_within(text, area)", null],
    ["st_within(none, area)", null],
    ["geo.distance(bowTie, point) gt 100", true],
    ["st_contains(geography'GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(0 0, 1 1))', point)", false],
    ["st_within(geography'MULTIPOINT((108.2 16.06), (108.3 16.1))', area)", true],
    ["st_within(geography'MULTIPOINT(108.2 16.06, 108.3 16.1)', area)", true],
    ["st_contains(geography'SRID=4326;MULTIPOLYGON(((108 16, 109 16, 109 17, 108 16)))', point)", true],
    ["st_equals(point, geography'POINT Z (108.2 16.06 3)')", true],
  ])("%s is %j", (source, expected) => {
    expect(geo(source)).toEqual(expected);
  });
});

test("every function has a test above", () => {
  expect(functionNames().filter((name) => !tested.has(name))).toEqual([]);
});
