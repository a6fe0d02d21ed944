import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noOptions, QuerySyntaxError } from "./options.ts";
import { parseQueryOptions } from "./parse-options.ts";

function problemOf(search: string): string {
  try {
    parseQueryOptions(search);
  } catch (error) {
    if (error instanceof QuerySyntaxError) return error.message;
    throw error;
  }
  return "accepted";
}

const option = (text: string): string =>
  `?${new URLSearchParams([text.split(/=(.*)/s).slice(0, 2) as [string, string]])}`;

describe("options of a set", () => {
  test("nothing asked for", () => {
    expect(parseQueryOptions("")).toEqual(noOptions());
    expect(parseQueryOptions("?lang=vi&callback=x")).toEqual(noOptions());
  });

  test("req/request-data/top, skip, count, result format, skip token", () => {
    const search = "?$top=0&$skip=20&$count=true&$resultFormat=dataArray&$skiptoken=abc";
    const expected = { top: 0, skip: 20, count: true, resultFormat: "dataArray", skipToken: "abc" };
    expect(parseQueryOptions(search)).toEqual({ ...noOptions(), ...expected });
    expect(parseQueryOptions("$resultFormat=CSV").resultFormat).toBe("csv");
    expect(parseQueryOptions("$resultFormat=GeoJSON").resultFormat).toBe("geojson");
  });

  test("req/request-data/select", () => {
    expect(parseQueryOptions("$select=id,name,@iot.id,properties/kind,Datastreams").select).toEqual([
      "@iot.id",
      "name",
      "properties/kind",
      "Datastreams",
    ]);
    expect(parseQueryOptions("$select=*").select).toBeNull();
  });

  test("req/request-data/orderby", () => {
    const { orderby } = parseQueryOptions("$orderby=name,Thing/name desc,length(name) ASC,substring(name,2) desc");
    expect(orderby.map(({ descending }) => descending)).toEqual([false, true, false, true]);
    expect(orderby[1]?.expression).toEqual({ kind: "path", steps: ["Thing", "name"] });
    expect(orderby[3]?.expression).toMatchObject({ kind: "call", name: "substring" });
  });

  test("req/request-data/filter keeps a plus sign that was not encoded", () => {
    const { filter } = parseQueryOptions("$filter=phenomenonTime eq 2016-01-01T07:00:00+07:00");
    expect(filter).toMatchObject({ right: { value: { ms: Date.parse("2016-01-01T00:00:00Z"), offsetMinutes: 420 } } });
  });
});

describe("req/request-data/expand", () => {
  test("several, nested with options, and in the slash form", () => {
    const { expand } = parseQueryOptions(
      option(
        "$expand=Locations,Datastreams($select=name;$expand=Observations($filter=result gt 3 and note ne ';)';" +
          "$orderby=phenomenonTime desc;$top=1;$skip=2;$count=true)),HistoricalLocations/Locations",
      ),
    );
    expect(expand.map(({ link }) => link)).toEqual(["Locations", "Datastreams", "HistoricalLocations"]);
    expect(expand[1]?.options.select).toEqual(["name"]);
    expect(expand[1]?.options.expand[0]).toMatchObject({
      link: "Observations",
      options: { top: 1, skip: 2, count: true, orderby: [{ descending: true }], filter: { kind: "and" } },
    });
    expect(expand[2]?.options.expand.map(({ link }) => link)).toEqual(["Locations"]);
  });

  test("links that begin alike are one", () => {
    const { expand } = parseQueryOptions("$expand=Datastreams/Sensor,Datastreams/ObservedProperty,Datastreams($top=3)");
    expect(expand).toHaveLength(1);
    expect(expand[0]?.options.top).toBe(3);
    expect(expand[0]?.options.expand.map(({ link }) => link)).toEqual(["Sensor", "ObservedProperty"]);
  });

  test("the options of the last link of a slash form", () => {
    const { expand } = parseQueryOptions("$expand=Things/Datastreams($top=2)");
    expect(expand[0]?.options.top).toBeNull();
    expect(expand[0]?.options.expand[0]?.options.top).toBe(2);
  });
});

describe("what cannot be read is told with its place", () => {
  test.each([
    ["$filter=result gt", '$filter: expected a value, a property or a function, found "the end" (character 10)'],
    ["$filter=result gt 3)", '$filter: did not expect ")" (character 12)'],
    ["$filter=(result gt 3", '$filter: expected ")", found "the end" (character 13)'],
    ["$filter=name eq 'x", "$filter: a text is not closed with ' (character 9)"],
    ["$filter=name # 3", '$filter: cannot read "#" (character 6)'],
    ["$filter=foo(name)", "$filter: there is no function foo; known are substringof"],
    ["$filter=length(name, 3)", "$filter: length takes 1 arguments, not 2 (character 1)"],
    ["$filter=substring(name)", "$filter: substring takes 2 to 3 arguments, not 1 (character 1)"],
    ["$filter=1 lt 2 lt 3", "$filter: a comparison cannot follow a comparison (character 8)"],
    ["$filter=time eq duration'1H'", '$filter: "1H" is no ISO 8601 duration such as PT1H (character 9)'],
    ["$filter=time eq 2016-01-01T06:00:00", '$filter: "2016-01-01T06:00:00" is no time with an offset'],
    ["$filter=time eq 2016-02-30T06:00:00Z", '$filter: there is no time "2016-02-30T06:00:00Z"'],
    ["$filter=time eq 2016-02-30", '$filter: there is no day "2016-02-30"'],
    ["$filter=time eq 2017-01-01T00:00Z/2016-01-01T00:00Z", "or it ends before it begins (character 9)"],
    ["$filter=during(time, 2016-01-01T06:00:00Z)", "the second argument of during must be an interval"],
    ["$filter=during(validTime, resultTime)", "the second argument of during must be an interval"],
    ["$filter=st_within(a, geography'POINT(1)')", "a position has 2 to 4 numbers, longitude first (character 14)"],
    ["$filter=st_within(a, geography'CIRCLE(1 2)')", '"CIRCLE" is no type of geometry'],
    ["$filter=st_within(a, geography'POLYGON((0 0, 1 1, 0 0))')", "a ring has at least 4 positions"],
    ["$filter=st_within(a, geography'LINESTRING(0 0)')", "a line has at least 2 positions"],
    ["$filter=st_within(a, geography'POINT(1 2) x')", 'did not expect "X"'],
    ["$filter=st_within(a, geography'POINT(1 2')", "it is cut short"],
    ["$filter=st_within(a, geography'SRID=3857;POINT(1 2)')", "only SRID=4326"],
    ["$filter=99999999999999999999e999 eq 1", "as a number or time"],
    ["$filter=", '$filter: expected a value, a property or a function, found "the end" (character 1)'],
    ["$orderby=name,length(name desc", '$orderby: expected ")", found "the end" (character 17)'],
    ["$orderby=name,", "$orderby: a term is empty (character 6)"],
    ["$select=name,a b", '$select: expected the name of a property, found "a b" (character 6)'],
    ["$expand=Datastreams(top=1)", 'expected an option such as $select=name for Datastreams, found "top=1"'],
    ["$expand=Datastreams($top=1", '$expand: expected the name of a link, found "Datastreams($top=1"'],
    ["$expand=Datastreams($resultFormat=csv)", "$resultFormat: cannot be inside $expand"],
    ["$top=-1", '$top: must be a whole number from 0, not "-1"'],
    ["$top=1.5", '$top: must be a whole number from 0, not "1.5"'],
    ["$skip=x", '$skip: must be a whole number from 0, not "x"'],
    ["$count=1", '$count: must be true or false, not "1"'],
    ["$resultFormat=xml", "$resultFormat: must be json, dataArray, csv or geojson"],
    ["$apply=x", "$apply: is not known; known are $filter"],
    ["$top=1&$top=2", "$top: is given twice"],
  ])("%s", (search, problem) => {
    expect(problemOf(search.includes("&") ? search : option(search))).toContain(problem);
  });
});

describe("limits", () => {
  test.each([
    ["deep brackets", `$filter=${"(".repeat(50)}1${")".repeat(50)} eq 1`, "nested deeper than 40"],
    ["deep calls", `$filter=${"trim(".repeat(50)}name${")".repeat(50)} eq 'a'`, "nested deeper than 40"],
    ["many nots", `$filter=${"not ".repeat(60)}a`, "nested deeper than 40"],
    ["a long sum", `$filter=1${" add 1".repeat(60)} eq 1`, "more than 40 terms in a row"],
    ["many parts", `$filter=a eq 1${" or a eq 1".repeat(200)}`, "has more than 500 parts"],
    ["a long filter", `$filter=name eq '${"x".repeat(9000)}'`, "is longer than 8000 characters"],
    ["deep expansion", `$expand=${"Things/Datastreams/".repeat(3)}Thing`, "goes deeper than 5 links"],
    ["nested expansion", `$expand=${"Thing($expand=".repeat(6)}Thing${")".repeat(6)}`, "goes deeper than 5 links"],
    [
      "many expansions",
      `$expand=${Array.from({ length: 60 }, (_, i) => `L${"x".repeat(i)}`).join(",")}`,
      "more than 40 links",
    ],
    ["many order terms", `$orderby=${"a,".repeat(30)}a`, "has more than 20 terms"],
  ])("%s", (_, search, problem) => {
    expect(problemOf(option(search))).toContain(problem);
  });

  test("five links deep and 150 alternatives are fine", () => {
    expect(problemOf("$expand=Things/Datastreams/Thing/Datastreams/Sensor")).toBe("accepted");
    expect(problemOf(option(`$filter=id eq 1${" or id eq 1".repeat(100)}`))).toBe("accepted");
  });

  test("rubbish is accepted or refused with a place, never anything else (seed 20260301)", () => {
    const words = ["(", ")", "'", ",", "/", "eq", "and", "not", "add", "geography'POINT(1 2)'", "duration'PT1H'", "3"];
    const names = ["result", "Datastreams/name", "length(", "2016-01-01T00:00:00Z", "null", ";", "$top=1", " ", "[0]"];
    const text = fc.array(fc.oneof(fc.constantFrom(...words, ...names), fc.string()), { maxLength: 30 });
    const options = fc.constantFrom("$filter", "$orderby", "$expand", "$select", "$top");
    fc.assert(
      fc.property(options, text, (name, parts) => {
        expect(typeof problemOf(`?${new URLSearchParams([[name, parts.join(" ")]])}`)).toBe("string");
      }),
      { seed: 20_260_301, numRuns: 2000 },
    );
  });
});
