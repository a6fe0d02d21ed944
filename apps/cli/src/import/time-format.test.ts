import { expect, test } from "vitest";
import { createTimeReader } from "./time-format.ts";

test.each([
  ["iso", "Z", "2014-02-01T22:45:00Z", "2014-02-01T22:45:00Z"],
  ["iso", "+07:00", "2014-02-01 22:45", "2014-02-01T15:45:00Z"],
  ["iso", "+07:00", "2014-02-01T22:45:00+01:00", "2014-02-01T21:45:00Z"],
  ["epoch-s", "Z", "1391294700", "2014-02-01T22:45:00Z"],
  ["epoch-ms", "Z", "1391294700000", "2014-02-01T22:45:00Z"],
  ["YYYY/MM/DD HH:mm:ss", "Z", "2018/10/08 09:21:52", "2018-10-08T09:21:52Z"],
  ["DD.MM.YYYY HH:mm", "+07:00", "8.10.2018 9:21", "2018-10-08T02:21:00Z"],
  ["DD.MM.YYYY HH:mm", "-03:30", "31.12.2018 24:00", "2019-01-01T03:30:00Z"],
  ["YYYYMMDDHHmm", "Z", "201810080921", "2018-10-08T09:21:00Z"],
] as const)("%s at %s reads %s", (format, offset, text, instant) => {
  expect(createTimeReader(format, offset)(text)).toBe(Date.parse(instant));
});

test.each([
  ["iso", "yesterday"],
  ["iso", "2014-02-01"],
  ["epoch-s", "12:00"],
  ["YYYY/MM/DD HH:mm:ss", "2018/02/30 00:00:00"],
  ["YYYY/MM/DD HH:mm:ss", "2018/13/01 00:00:00"],
  ["YYYY/MM/DD HH:mm:ss", "2018/10/08 25:00:00"],
  ["YYYY/MM/DD HH:mm:ss", "x2018/10/08 09:21:52"],
])("%s refuses %j", (format, text) => {
  expect(createTimeReader(format, "Z")(text)).toBeNull();
});

test("a format or an offset that is none is refused at once", () => {
  expect(() => createTimeReader("HH:mm", "Z")).toThrow(/time format "HH:mm"/);
  expect(() => createTimeReader("YYYY-MM-DD", "GMT+7")).toThrow(/must be like \+07:00/);
});
