import { expect, it } from "vitest";
import { fold, matchRank, matches } from "./fold.ts";

it("folds accents, tone places and đ", () => {
  expect(fold("Cẩm Lệ")).toBe("cam le");
  expect(fold("Hoà Khánh")).toBe(fold("Hòa Khánh"));
  expect(fold("  ĐÀ   NẴNG ")).toBe("da nang");
  expect(fold("Ngũ Hành Sơn".normalize("NFD"))).toBe("ngu hanh son");
});

it("finds by word beginnings in any order of accents", () => {
  expect(matches("Cẩm Lệ", "cam le")).toBe(true);
  expect(matches("Phường Cẩm Lệ", "le cam")).toBe(true);
  expect(matches("Cẩm Lệ", "camle")).toBe(false);
  expect(matches("Sông Hàn", "")).toBe(true);
  expect(matches("Sông Hàn", "son tra")).toBe(false);
});

it("ranks exact accents before folded ones", () => {
  const names = ["Hoa Khanh 2", "Hòa Khánh", "Phường Hòa Khánh"];
  expect(names.toSorted((a, b) => matchRank(a, "hòa") - matchRank(b, "hòa"))).toEqual([
    "Hòa Khánh",
    "Phường Hòa Khánh",
    "Hoa Khanh 2",
  ]);
});
