import { describe, expect, test } from "vitest";
import { evaluate, matches, QueryTooCostly } from "./evaluate.ts";
import { parseExpression } from "./parse-expression.ts";
import { itemOf } from "./test-item.ts";
import type { TestEntity } from "./test-item.ts";

const now = Date.parse("2026-03-01T00:00:00Z");

function truth(filter: string, entity: TestEntity = {}): unknown {
  return evaluate(parseExpression(filter), itemOf(entity), now);
}

function found(filter: string, entities: readonly TestEntity[]): unknown[] {
  const expression = parseExpression(filter);
  return entities.filter((entity) => matches(expression, itemOf(entity), now)).map(({ id }) => id);
}

describe("req/request-data/built-in-filter-operations", () => {
  test.each([
    ["3 eq 3", true],
    ["3 eq 4", false],
    ["3 ne 4", true],
    ["3 ne 3", false],
    ["4 gt 3", true],
    ["3 gt 3", false],
    ["3 ge 3", true],
    ["2 ge 3", false],
    ["2 lt 3", true],
    ["3 lt 3", false],
    ["3 le 3", true],
    ["4 le 3", false],
    ["3 eq 3 and 4 eq 4", true],
    ["3 eq 3 and 4 eq 5", false],
    ["3 eq 4 or 4 eq 4", true],
    ["3 eq 4 or 4 eq 5", false],
    ["not 3 eq 4", true],
    ["not (3 eq 3)", false],
    ["not not 3 eq 3", true],
    ["1.5 add 1 eq 2.5", true],
    ["1 sub 2 eq -1", true],
    ["3 mul -4 eq -12", true],
    ["7 div 2 eq 3.5", true],
    ["7 mod 4 eq 3", true],
    ["-7 mod 4 eq -3", true],
    ["1e3 eq 1000", true],
    ["'it''s' eq 'it''s'", true],
    ["'b' gt 'a'", true],
    ["'Z' lt 'a'", true],
    ["true ne false", true],
    ["2 in (1, 2, 3)", true],
    ["4 in (1, 2, 3)", false],
  ])("%s is %s", (filter, expected) => {
    expect(truth(filter)).toBe(expected);
  });

  test.each([
    ["1 add 2 mul 3 eq 7", true],
    ["(1 add 2) mul 3 eq 9", true],
    ["10 sub 3 sub 2 eq 5", true],
    ["12 div 3 div 2 eq 2", true],
    ["1 eq 1 or 1 eq 2 and 1 eq 3", true],
    ["(1 eq 1 or 1 eq 2) and 1 eq 3", false],
    ["not 1 eq 2 and 1 eq 1", true],
    ["not (1 eq 2 or 1 eq 1) or 1 eq 1", true],
  ])("precedence: %s is %s", (filter, expected) => {
    expect(truth(filter)).toBe(expected);
  });
});

describe("req/request-data/filter: null", () => {
  test.each([
    ["owner eq null", true],
    ["owner ne null", false],
    ["null eq null", true],
    ["owner eq 3", false],
    ["owner ne 3", true],
    ["owner gt 3", null],
    ["owner lt 3", null],
    ["not owner lt 3", null],
    ["owner gt 3 or 1 eq 1", true],
    ["owner gt 3 and 1 eq 2", false],
    ["owner gt 3 and 1 eq 1", null],
    ["owner gt 3 or 1 eq 2", null],
    ["owner add 1", null],
    ["length(owner)", null],
    ["concat('a', owner)", null],
    ["round(owner)", null],
    ["year(owner)", null],
    ["geo.length(owner)", null],
    ["1 div 0", null],
    ["1 mod 0", null],
    ["'a' add 1", null],
    ["not 'a'", null],
  ])("%s is %s", (filter, expected) => {
    expect(truth(filter, { owner: null })).toBe(expected);
    expect(truth(filter, {})).toBe(expected);
  });

  test("only what is true is found", () => {
    const rows = [{ id: 1, level: 5 }, { id: 2, level: 1 }, { id: 3 }, { id: 4, level: "high" }];
    expect(found("level gt 3", rows)).toEqual([1]);
    expect(found("not level gt 3", rows)).toEqual([2]);
    expect(found("level eq null", rows)).toEqual([3]);
    expect(found("level ne null", rows)).toEqual([1, 2, 4]);
    expect(found("level", rows)).toEqual([]);
  });
});

describe("req/request-data/filter: results keep the type they were posted in", () => {
  const posted = [3, "3", 5, "5", "10", "abc", true, null].map((result, index) => ({ id: index, result }));
  test.each([
    ["result eq 3", [0, 1]],
    ["result eq '3'", [0, 1]],
    ["result gt 3", [2, 3, 4]],
    // Two texts are compared as texts: '10' comes before '3'.
    ["result gt '3'", [2, 3, 5, 6]],
    ["result ge '5'", [2, 3, 5, 6]],
    ["result lt 4", [0, 1]],
    ["result ne 3", [2, 3, 4, 5, 6, 7]],
    ["result eq 'abc'", [5]],
    ["result eq true", [6]],
    ["result", [6]],
    ["result add 1 eq 6", [2, 3]],
  ])("%s", (filter, expected) => {
    expect(found(filter, posted)).toEqual(expected);
  });
});

describe("req/request-data/filter: paths", () => {
  const station = {
    id: 7,
    name: "Cầu Rồng",
    properties: {
      kind: "weather",
      tags: ["river", "bridge"],
      list: [[1, 2], [3]],
      "name-vi": "Cầu",
      "dcat:theme": "x",
    },
    unitOfMeasurement: { name: "metre", symbol: "m", definition: "ucum:m" },
    Thing: { id: 70, name: "Tower" },
    Sensor: null,
  };
  test.each([
    ["id eq 7", true],
    ["@iot.id eq 7", true],
    ["name eq 'Cầu Rồng'", true],
    ["properties/kind eq 'weather'", true],
    ["properties/tags[1] eq 'bridge'", true],
    ["properties/list[0][1] eq 2", true],
    ["properties/tags[7] eq null", true],
    ["properties/name-vi eq 'Cầu'", true],
    ["properties/dcat:theme eq 'x'", true],
    ["properties/nothing/at/all eq null", true],
    ["unitOfMeasurement/symbol eq 'm'", true],
    ["'river' in properties/tags", true],
    ["'lake' in properties/tags", false],
    ["Thing/name eq 'Tower'", true],
    ["Thing/id eq 70", true],
    ["Thing/@iot.id eq 70", true],
    ["Thing eq 70", true],
    ["Sensor/name eq null", true],
    ["properties/constructor eq null", true],
    ["properties/__proto__ eq null", true],
    ["properties/tags/length eq 2", true],
  ])("%s is %s", (filter, expected) => {
    expect(truth(filter, station)).toBe(expected);
  });

  test("an unknown link of an entity is told by the entity", () => {
    expect(() => truth("MultiDatastream/name eq 'x'", {})).toThrow("knows no link");
  });
});

describe("req/request-data/filter: links to several entities", () => {
  const property = (name: string): TestEntity => ({ name });
  const things = [
    {
      id: 1,
      properties: { floor: 2 },
      Datastreams: [
        { id: 11, name: "depth", unit: "m", ObservedProperty: property("Depth"), Observations: [{ result: 1 }] },
        { id: 12, name: "rain", unit: "mm", ObservedProperty: property("Rain"), Observations: [{ result: 9 }] },
      ],
      Locations: [{ name: "bridge", properties: { floor: 2 } }],
    },
    {
      id: 2,
      Datastreams: [{ id: 21, name: "rain", unit: "m", ObservedProperty: property("Rain"), Observations: [] }],
      Locations: [{ name: "square", properties: { floor: 3 } }],
    },
    { id: 3, Datastreams: [], Locations: [] },
  ];
  test.each([
    ["Datastreams/name eq 'rain'", [1, 2]],
    ["Datastreams/ObservedProperty/name eq 'Depth'", [1]],
    // The same path is the same entity: no datastream of thing 1 is both.
    ["Datastreams/name eq 'rain' and Datastreams/unit eq 'm'", [2]],
    ["Datastreams/name eq 'depth' or Locations/name eq 'square'", [1, 2]],
    ["Datastreams/Observations/result gt 5", [1]],
    ["Datastreams/id eq null", [3]],
    ["Datastreams/id ne null", [1, 2]],
    ["Locations/properties/floor eq properties/floor", [1, 3]],
    ["startswith(Locations/name, 'b')", [1]],
    ["Datastreams/name ne 'rain'", [1, 3]],
  ])("%s", (filter, expected) => {
    expect(found(filter, things)).toEqual(expected);
  });

  test("a filter that would try millions of combinations is refused", () => {
    const many = Array.from({ length: 400 }, (_, id) => ({ id, name: `n${id}` }));
    const entity = { id: 1, Datastreams: many, Locations: many };
    expect(() => found("Datastreams/name eq Locations/id", [entity])).toThrow(QueryTooCostly);
    expect(found("Datastreams/name eq 'n399'", [entity])).toEqual([1]);
  });
});
