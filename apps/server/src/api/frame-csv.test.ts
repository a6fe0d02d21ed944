import { expect, test } from "vitest";
import type { Frame, StatisticItem } from "@ioc/contracts";
import { frameCsv, isoWithOffset } from "./frame-csv.ts";

const item = { id: "rain-24h" } as StatisticItem;
const at = Date.parse("2026-10-22T02:00:00Z");

function frameOf(more: Partial<Frame>): Frame {
  const columns: Frame["columns"] = [
    { id: "time", name: { vi: "thời gian", en: "time" }, type: "time" },
    { id: "area", name: { vi: "phường", en: "ward" }, type: "area" },
    { id: "value", name: { vi: "lượng mưa", en: "rain" }, type: "number", unit: "mm" },
    { id: "note", name: { vi: "ghi chú", en: "note" }, type: "text" },
  ];
  return { columns, rows: [], asOf: at, coverage: 0.97, status: "ok", ...more } as Frame;
}

const nameOf = (id: string, lang: "vi" | "en") => (id === "20260" ? (lang === "vi" ? "Cẩm Lệ" : "Cam Le, ward") : id);

test("names, units, ids beside names, Hanoi time and what must be known of the figures", () => {
  const csv = frameCsv(
    item,
    frameOf({
      rows: [
        [at, "20260", -1.5, "a"],
        [at, null, null, null],
      ],
    }),
    "en",
    nameOf,
  );
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(csv.slice(1).split("\r\n")).toEqual([
    "time,ward (id),ward,rain (mm),note,asOf,overall coverage (1),overall status,statistic",
    '2026-10-22T09:00:00+07:00,20260,"Cam Le, ward",-1.5,a,2026-10-22T09:00:00+07:00,0.97,ok,rain-24h',
    "2026-10-22T09:00:00+07:00,,,,,2026-10-22T09:00:00+07:00,0.97,ok,rain-24h",
    "",
  ]);
  expect(frameCsv(item, frameOf({}), "vi", nameOf)).toContain("phường (id),phường,lượng mưa (mm)");
});

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ["+1+1", "'+1+1"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
  ['say "a", b', '"say ""a"", b"'],
  ["two\nlines", '"two\nlines"'],
  ["plain", "plain"],
])("the text %j can be opened in a spreadsheet without harm", (given, written) => {
  const csv = frameCsv(item, frameOf({ rows: [[at, null, 1, given]] }), "en", nameOf);
  expect(csv).toContain(`,1,${written},`);
});

test("the day turns at midnight in Hanoi", () => {
  expect(isoWithOffset(Date.parse("2026-10-22T17:00:00Z"))).toBe("2026-10-23T00:00:00+07:00");
});
