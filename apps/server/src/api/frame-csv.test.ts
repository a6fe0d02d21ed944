import { expect, test } from "vitest";
import { createCityIso, type Frame, type StatisticItem } from "@ioc/contracts";
import { frameCsv, frameFileName, type CsvLook } from "./frame-csv.ts";

const item = { id: "rain-24h", name: { vi: "Lượng mưa 24 giờ", en: "Rain of 24 hours" } } as StatisticItem;
const at = Date.parse("2026-10-22T02:00:00Z");

function frameOf(more: Partial<Frame>): Frame {
  const columns: Frame["columns"] = [
    { id: "time", name: { vi: "thời gian", en: "time" }, type: "time" },
    { id: "area", name: { vi: "phường", en: "ward" }, type: "area" },
    { id: "value", name: { vi: "lượng mưa", en: "rain" }, type: "number", unit: "mm" },
    { id: "note", name: { vi: "ghi chú", en: "note" }, type: "text" },
  ];
  return {
    columns,
    rows: [],
    asOf: at,
    coverage: 0.97,
    status: "ok",
    quality: "good",
    synthetic: false,
    version: 3,
    subject: null,
    window: { from: at - 24 * 3_600_000, to: at },
    ...more,
  } as Frame;
}

const names: Record<string, { vi: string; en: string }> = {
  "20260": { vi: "Cẩm Lệ", en: "Cam Le, ward" },
  "sf-dd": { vi: "Đống Đa", en: "Dong Da" },
};
const look = (lang: "vi" | "en"): CsvLook => ({
  lang,
  nameOf: (id) => names[id]?.[lang] ?? id,
  iso: createCityIso("Asia/Ho_Chi_Minh"),
});
const linesOf = (frame: Partial<Frame>, lang: "vi" | "en" = "en") =>
  frameCsv(item, frameOf(frame), look(lang)).slice(1).split("\r\n");

test("a row of names, a row of units, ids beside names, local time and what must be known of the figures", () => {
  const rows: Frame["rows"] = [
    [at, "20260", -1.5, "a"],
    [at, null, null, null],
  ];
  expect(frameCsv(item, frameOf({ rows }), look("en")).charCodeAt(0)).toBe(0xfeff);
  expect(linesOf({ rows })).toEqual([
    "time,ward (id),ward,rain,note,data until,overall coverage,overall status,quality,synthetic data,statistic,version",
    ",,,mm,,,%,,,,,",
    '2026-10-22T09:00:00+07:00,20260,"Cam Le, ward",-1.5,a,2026-10-22T09:00:00+07:00,97,ok,good,false,rain-24h,3',
    "2026-10-22T09:00:00+07:00,,,,,2026-10-22T09:00:00+07:00,97,ok,good,false,rain-24h,3",
    "",
  ]);
  expect(linesOf({}, "vi")[0]).toBe(
    "thời gian,phường (mã),phường,lượng mưa,ghi chú,số liệu đến,độ phủ chung,trạng thái chung,chất lượng,dữ liệu giả lập,mã thống kê,phiên bản",
  );
});

test("made-up data are told in each row, missing ones by empty fields", () => {
  const [, , row] = linesOf({
    rows: [[at, null, 0, null]],
    asOf: null,
    coverage: null,
    status: "empty",
    quality: "none",
    synthetic: true,
  });
  expect(row).toBe("2026-10-22T09:00:00+07:00,,,0,,,,empty,none,true,rain-24h,3");
});

test("codes keep their id and get their words; a code without words stands for itself", () => {
  const columns: Frame["columns"] = [
    {
      id: "class",
      name: { vi: "loại", en: "class" },
      type: "text",
      labels: { wet: { vi: "ướt", en: "wet" }, dry: { vi: "khô", en: "dry" } },
    },
    { id: "value", name: { vi: "nồng độ", en: "level" }, type: "number", unit: "ug/m3" },
  ];
  const rows: Frame["rows"] = [
    ["wet", 1],
    ["odd", 2],
    [null, 3],
  ];
  const fields = linesOf({ columns, rows }, "vi").map((line) => line.split(",").slice(0, 3));
  expect(fields.slice(0, 5)).toEqual([
    ["loại (mã)", "loại", "nồng độ"],
    ["", "", "µg/m³"],
    ["wet", "ướt", "1"],
    ["odd", "odd", "2"],
    ["", "", "3"],
  ]);
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
  const csv = frameCsv(item, frameOf({ rows: [[at, null, 1, given]] }), look("en"));
  expect(csv).toContain(`,1,${written},`);
});

test.each<[Partial<Frame>, "vi" | "en", string]>([
  [{}, "vi", "luong-mua-24-gio_20261021-20261022.csv"],
  [{ subject: "sf-dd" }, "vi", "luong-mua-24-gio-dong-da_20261021-20261022.csv"],
  [{ subject: "20260" }, "en", "rain-of-24-hours-cam-le-ward_20261021-20261022.csv"],
  // From midnight to midnight in Da Nang: one day.
  [
    { window: { from: Date.parse("2026-10-21T17:00Z"), to: Date.parse("2026-10-22T17:00Z") } },
    "en",
    "rain-of-24-hours_20261022.csv",
  ],
  [{ window: { from: at, to: at } }, "en", "rain-of-24-hours_20261022.csv"],
  [{ subject: '../"\r\nX: y' }, "en", "rain-of-24-hours-x-y_20261021-20261022.csv"],
])("the file of %j is named after what is in it", (frame, lang, name) => {
  expect(frameFileName(item, frameOf(frame), look(lang))).toBe(name);
});
