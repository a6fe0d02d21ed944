import { describe, expect, test } from "vitest";
import { noOptions } from "../options.ts";
import { parseQueryOptions } from "../parse-options.ts";
import { checkCsvOptions, toCsv } from "./csv.ts";
import { toGeoJson } from "./geojson.ts";

const point = { type: "Point", coordinates: [108.2, 16.06] };
const datastream = {
  "@iot.id": 5,
  "@iot.selfLink": "http://x/Datastreams(5)",
  name: "Mực nước, m",
  unitOfMeasurement: { name: "metre", symbol: "m", definition: "ucum:m" },
  properties: { note: 'a "b"' },
  "Thing@iot.navigationLink": "http://x/Datastreams(5)/Thing",
  Thing: { "@iot.id": 7, name: "Tower", Locations: [{ "@iot.id": 9, location: point }] },
  Observations: [{ "@iot.id": 1, result: null }],
  "Observations@iot.nextLink": "http://x",
};

describe("$resultFormat=CSV", () => {
  test("links in front, units in three columns, objects as JSON, quotes doubled", () => {
    expect(toCsv([datastream, { "@iot.id": 6, name: "x\ny", Thing: null, late: true }], noOptions())).toBe(
      [
        "id,name,unitOfMeasurement/name,unitOfMeasurement/symbol,unitOfMeasurement/definition,properties,Thing/id," +
          "Thing/name,Thing/Locations/id,Thing/Locations/location,Observations/id,Observations/result,Thing,late",
        '5,"Mực nước, m",metre,m,ucum:m,"{""note"":""a \\""b\\""""}",7,Tower,9,' +
          '"{""type"":""Point"",""coordinates"":[108.2,16.06]}",1,,,',
        '6,"x\ny",,,,,,,,,,,,true',
        "",
      ].join("\r\n"),
    );
  });

  test("texts that a spreadsheet would run are made harmless, numbers stay numbers", () => {
    const rows = ["=1+1", "@a", "+84", "-x", "-3", -3].map((result) => ({ result }));
    expect(toCsv(rows, noOptions())).toBe("result\r\n'=1+1\r\n'@a\r\n+84\r\n'-x\r\n-3\r\n-3\r\n");
  });

  test("no rows: the columns asked for", () => {
    expect(toCsv([], parseQueryOptions("$select=id,result"))).toBe("id,result\r\n");
    expect(toCsv([], noOptions())).toBe("\r\n");
  });

  test("sets have room for one entity only", () => {
    const check = (search: string) => () => checkCsvOptions(parseQueryOptions(search));
    expect(check("$expand=Thing,Observations($top=1)")).not.toThrow();
    expect(check("$expand=Observations")).toThrow("ask for Observations($top=1)");
    expect(check("$expand=Thing($expand=Datastreams($top=2))")).toThrow("room for one of Datastreams");
  });
});

describe("$resultFormat=GeoJSON", () => {
  test("the first geometry of the entity or of what is expanded; all else flattened", () => {
    expect(toGeoJson([datastream])).toEqual({
      type: "FeatureCollection",
      features: [
        {
          type: "Feature",
          geometry: point,
          properties: {
            id: 5,
            name: "Mực nước, m",
            "unitOfMeasurement/name": "metre",
            "unitOfMeasurement/symbol": "m",
            "unitOfMeasurement/definition": "ucum:m",
            "properties/note": 'a "b"',
            "Thing/id": 7,
            "Thing/name": "Tower",
            "Thing/Locations/0/id": 9,
            "Observations/0/id": 1,
            "Observations/0/result": null,
          },
        },
      ],
    });
  });

  test("features of interest, areas, lists, and entities without a place", () => {
    const { features } = toGeoJson([
      { "@iot.id": 1, feature: { type: "Feature", properties: {}, geometry: point } },
      { "@iot.id": 2, name: "no place", properties: { tags: ["a", "b"], empty: {} } },
      { "@iot.id": 3, location: "Hải Châu" },
    ]);
    expect(features.map(({ geometry }) => geometry)).toEqual([point, null, null]);
    expect(features[1]?.properties).toEqual({
      id: 2,
      name: "no place",
      "properties/tags/0": "a",
      "properties/tags/1": "b",
      "properties/empty": {},
    });
    expect(features[2]?.properties).toEqual({ id: 3, location: "Hải Châu" });
  });

  test("deep objects do not exhaust the stack", () => {
    let deep: unknown = 1;
    for (let i = 0; i < 5000; i += 1) deep = { d: deep };
    expect(Object.keys(toGeoJson([{ properties: { deep } }]).features[0]?.properties ?? {})).toHaveLength(1);
  });
});
