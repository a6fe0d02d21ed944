import { expect, it } from "vitest";
import { periodText } from "./seed-period.ts";

it("says the period of a figure in both languages", () => {
  expect(["2023", "2023-Q2", "2023-06", "sáu tháng"].map((period) => periodText(period, "vi"))).toEqual([
    "Năm 2023",
    "Quý 2/2023",
    "06/2023",
    "sáu tháng",
  ]);
  expect(["2023", "2023-Q2", "2023-06"].map((period) => periodText(period, "en"))).toEqual([
    "2023",
    "Q2 2023",
    "Jun\u00a02023",
  ]);
});
