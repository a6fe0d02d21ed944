import { expect, it } from "vitest";
import { readGallerySearch, readPageSearch } from "./statistic-search.ts";

it("reads the filters of the gallery and leaves out what it does not understand", () => {
  const address = {
    domain: "air",
    q: "mua",
    audience: "public",
    kind: "bar",
    status: "ok",
    target: "missed",
    source: "synthetic",
    refresh: "day",
    look: "list",
  };
  expect(readGallerySearch({ ...address, more: "x" })).toEqual(address);
  expect(
    readGallerySearch({ domain: "", q: 7, audience: "all", kind: "pie", status: 1, target: "x", look: "cards" }),
  ).toEqual({});
});

it("reads the view of a statistic", () => {
  const address = {
    group: "ward",
    subject: "an-khe",
    chart: "bar",
    tab: "subjects",
    at: "2026-10-22T09:00",
    by: "route_id",
    with: ["a", "b"],
    before: "P7D",
  };
  expect(readPageSearch(address)).toEqual(address);
  expect(readPageSearch({ with: "a,b,a,c,d,e,f,g" })).toEqual({ with: ["a", "b", "c", "d", "e", "f"] });
  expect(
    readPageSearch({
      group: "Planet 9",
      subject: "x".repeat(201),
      tab: "chart",
      at: "2026-02-30T09:00",
      with: [],
      before: "P2Y",
      chart: "pie",
    }),
  ).toEqual({});
});
