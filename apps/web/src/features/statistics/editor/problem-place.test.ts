import { expect, it } from "vitest";
import { placeOf } from "./problem-place.ts";

it("finds the place that a problem names", () => {
  expect(placeOf("pipeline[2] (table): value: must be given")).toEqual({ step: 2 });
  expect(placeOf('pipeline[11]: "x" works on grid, but what comes before gives rows')).toEqual({ step: 11 });
  expect(placeOf("pipeline: it ends with grid")).toEqual({ part: "pipeline" });
  expect(placeOf('input[0]: there is no station kind "x"')).toEqual({ part: "input" });
  expect(placeOf("name.vi: too short")).toEqual({ part: "name" });
  expect(placeOf("Something else")).toBeNull();
});
