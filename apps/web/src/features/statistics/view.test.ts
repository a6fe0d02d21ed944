import { describe, expect, it } from "vitest";
import { groupFor, kindsOf, viewOf } from "./view.ts";

it("asks for the instant in the form of the API", () => {
  expect(viewOf({ group: "ward", subject: "an-khe", at: "2026-10-22T09:00" })).toEqual({
    group: "ward",
    subject: "an-khe",
    at: "2026-10-22T02:00:00.000Z",
  });
  expect(viewOf({})).toEqual({});
});

it("offers the kinds of a definition, the table apart", () => {
  expect(kindsOf({ chart: "gauge", also: ["line", "table", "point-map"] })).toEqual(["gauge", "line", "point-map"]);
});

describe("the group that a kind needs", () => {
  const index = { chart: "gauge", also: ["line", "point-map"], groups: ["station", "city", "ward"] } as const;
  const shape = { ...index, also: [...index.also], groups: [...index.groups] };
  it("is the city for a course, stations for points, areas for a map of areas", () => {
    expect(groupFor("line", undefined, shape)).toBe("city");
    expect(groupFor("point-map", "city", shape)).toBeUndefined();
    expect(groupFor("choropleth", undefined, shape)).toBe("ward");
    expect(groupFor("choropleth", "ward", shape)).toBe("ward");
  });
  it("is the default for the definition's own kind, and stays where any will do", () => {
    expect(groupFor("gauge", "city", shape)).toBeUndefined();
    expect(groupFor("bar", "ward", shape)).toBe("ward");
    expect(groupFor("area", "station", { ...shape, chart: "line" })).toBe("station");
    expect(groupFor("point-map", "city", { ...shape, groups: ["city"] })).toBe("city");
  });
});
