import { describe, expect, test } from "vitest";
import { formatNumber, formatShare, formatSigned, formatTick, formatValue } from "./format.ts";
import {
  cityParts,
  cityTime,
  formatAge,
  formatAsOf,
  formatClock,
  formatDate,
  formatDateTime,
  formatDuration,
  formatIsoDuration,
  formatMonth,
  formatShortDateTime,
  formatStaleness,
  formatTime,
  formatTimeRange,
  formatWeekdayDate,
  hour,
  minute,
  second,
  startOfCityDay,
} from "./time.ts";
import { unitSpoken, unitText } from "./units.ts";

const at = cityTime(2026, 10, 22, 9, 0);

describe("numbers", () => {
  test.each([
    [36571.5, 1, "36.571,5", "36,571.5"],
    [0.615, 2, "0,62", "0.62"],
    [1.005, 2, "1,01", "1.01"],
    [-0.04, 1, "0,0", "0.0"],
    [-3, 0, "−3", "−3"],
    [1234567, 0, "1.234.567", "1,234,567"],
    [null, 1, "—", "—"],
    [Number.NaN, 1, "—", "—"],
    [Number.POSITIVE_INFINITY, 0, "—", "—"],
  ])("%s with %s decimals", (value, decimals, vi, en) => {
    expect(formatNumber(value, "vi", decimals)).toBe(vi);
    expect(formatNumber(value, "en", decimals)).toBe(en);
  });

  test("a tick has the decimals of its step only", () => {
    expect([0, 0.5, 1].map((tick) => formatTick(tick, "vi", 0.5))).toEqual(["0,0", "0,5", "1,0"]);
    expect([0, 25, 1000].map((tick) => formatTick(tick, "en", 25))).toEqual(["0", "25", "1,000"]);
    expect(formatTick(0.05, "vi", 0.05)).toBe("0,05");
    expect([2.5, 7.5].map((tick) => formatTick(tick, "en", 2.5))).toEqual(["2.5", "7.5"]);
    expect([0.25, 0.75].map((tick) => formatTick(tick, "vi", 0.25))).toEqual(["0,25", "0,75"]);
  });

  test("a change carries its sign", () => {
    expect(formatSigned(0.11, "vi", 2)).toBe("+0,11");
    expect(formatSigned(-0.11, "en", 2)).toBe("−0.11");
    expect(formatSigned(0.001, "vi", 2)).toBe("0,00");
    expect(formatSigned(null, "vi", 2)).toBe("—");
  });

  test("a share below one never reads 100%, above zero never 0%", () => {
    expect(formatShare(0.971, "vi", 1)).toBe("97,1%");
    expect(formatShare(0.999, "vi")).toBe("99%");
    expect(formatShare(0.001, "en")).toBe("1%");
    expect(formatShare(1, "vi")).toBe("100%");
    expect(formatShare(0, "vi")).toBe("0%");
    expect(formatShare(null, "vi")).toBe("—");
  });
});

describe("units", () => {
  test.each([
    ["ug/m3", "µg/m³", "µg/m³"],
    ["Cel", "°C", "°C"],
    ["{vehicles}", "xe", "vehicles"],
    ["{vehicles}/h", "xe/giờ", "vehicles/h"],
    ["m3/s", "m³/s", "m³/s"],
    ["m3/d", "m³/ngày", "m³/day"],
    ["mm/h", "mm/giờ", "mm/h"],
    ["km/h", "km/giờ", "km/h"],
    ["kW.h", "kWh", "kWh"],
    ["kW.h/m2", "kWh/m²", "kWh/m²"],
    ["kW.h/{lamps}", "kWh/đèn", "kWh/lamp"],
    ["dB[SPL]", "dBA", "dBA"],
    ["[pH]", "", ""],
    ["1", "", ""],
    ["/100000", "/100.000", "/100,000"],
    ["{MPN}/(100.mL)", "MPN/100 mL", "MPN/100 mL"],
    ["/(100.mL)", "/100 mL", "/100 mL"],
    ["%/m", "%/m", "%/m"],
    ["10*9.{VND}", "tỷ đồng", "billion VND"],
    ["{unheard_of}", "unheard of", "unheard of"],
    ["xyz", "xyz", "xyz"],
  ])("%s", (code, vi, en) => {
    expect(unitText(code, "vi")).toBe(vi);
    expect(unitText(code, "en")).toBe(en);
  });

  test.each([
    ["mm", "mi-li-mét", "millimetres"],
    ["ug/m3", "mi-crô-gam trên mét khối", "micrograms per cubic metre"],
    ["{vehicles}", "xe", "vehicles"],
    ["%", "phần trăm", "per cent"],
  ])("%s aloud", (code, vi, en) => {
    expect(unitSpoken(code, "vi")).toBe(vi);
    expect(unitSpoken(code, "en")).toBe(en);
  });

  test.each([
    [74.2, "mm", 1, "74,2\u00a0mm", "74.2\u00a0mm"],
    [97.1, "%", 1, "97,1%", "97.1%"],
    [31.2, "Cel", 1, "31,2\u00a0°C", "31.2\u00a0°C"],
    [225, "deg", 0, "225°", "225°"],
    [36571, "10*9.{VND}", 0, "36.571\u00a0tỷ đồng", "VND\u00a036,571\u00a0billion"],
    [1, "{vehicles}", 0, "1\u00a0xe", "1\u00a0vehicle"],
    [2, "{vehicles}", 0, "2\u00a0xe", "2\u00a0vehicles"],
    [12.3, "/100000", 1, "12,3/100.000", "12.3/100,000"],
    [7.2, "[pH]", 1, "7,2", "7.2"],
    [null, "mm", 1, "—", "—"],
  ])("%s %s", (value, unit, decimals, vi, en) => {
    expect(formatValue(value, unit, decimals, "vi")).toBe(vi);
    expect(formatValue(value, unit, decimals, "en")).toBe(en);
  });
});

describe("times in the city", () => {
  test("fields do not depend on the machine", () => {
    expect(at).toBe(Date.UTC(2026, 9, 22, 2));
    expect(cityParts(Date.UTC(2026, 11, 31, 17, 0))).toEqual({
      year: 2027,
      month: 1,
      day: 1,
      hour: 0,
      minute: 0,
      second: 0,
      weekday: 5,
    });
    expect(startOfCityDay(at)).toBe(Date.UTC(2026, 9, 21, 17));
  });

  test("dates and times", () => {
    expect(formatTime(at)).toBe("09:00");
    expect(formatTime(at + 20 * second, { seconds: true })).toBe("09:00:20");
    expect(formatDate(at, "vi")).toBe("22/10/2026");
    expect(formatDate(at, "en")).toBe("22\u00a0Oct\u00a02026");
    expect(formatDateTime(at, "vi")).toBe("09:00 22/10/2026");
    expect(formatDateTime(at, "en")).toBe("22\u00a0Oct\u00a02026, 09:00");
    expect(formatShortDateTime(at, "vi")).toBe("09:00 22/10");
    expect(formatMonth(at, "vi")).toBe("10/2026");
    expect(formatWeekdayDate(at, "vi")).toBe("Thứ Năm, 22/10");
    expect(formatWeekdayDate(at, "en")).toBe("Thursday, 22\u00a0Oct");
    expect(formatTimeRange(at - hour, at, "vi")).toBe("08:00–09:00");
    expect(formatTimeRange(at - 24 * hour, at, "vi")).toBe("09:00 21/10 – 09:00 22/10");
  });

  test("lengths", () => {
    expect(formatDuration(161 * second, "vi")).toBe("2\u00a0phút 41\u00a0giây");
    expect(formatDuration(5 * hour, "vi")).toBe("5\u00a0giờ");
    expect(formatDuration(27 * hour + 20 * minute, "vi")).toBe("1\u00a0ngày 3\u00a0giờ");
    expect(formatDuration(48 * hour, "en")).toBe("2\u00a0days");
    expect(formatDuration(0, "vi")).toBe("0\u00a0giây");
    expect(formatClock(161 * second)).toBe("02:41");
    expect(formatClock(hour + 161 * second)).toBe("01:02:41");
    expect(formatIsoDuration("PT24H", "vi")).toBe("24\u00a0giờ");
    expect(formatIsoDuration("P1D", "en")).toBe("1\u00a0day");
    expect(formatIsoDuration("P1M", "vi")).toBe("1\u00a0tháng");
    expect(formatIsoDuration("soon", "vi")).toBe("soon");
  });

  test("ages are relative up to one hour", () => {
    expect(formatAge(at, at + 4 * second, "vi")).toBe("4\u00a0giây trước");
    expect(formatAge(at, at + 12 * minute + 40 * second, "vi")).toBe("12\u00a0phút trước");
    expect(formatAge(at, at + 12 * minute, "en")).toBe("12\u00a0min ago");
    expect(formatAge(at, at + hour, "vi")).toBe("09:00 22/10/2026");
    expect(formatAge(at + second, at, "vi")).toBe("0\u00a0giây trước");
    expect(formatAsOf(at + 20 * second, at + 24 * second, "vi")).toBe("09:00:20 (4\u00a0giây trước)");
    expect(formatAsOf(at, at + 3 * hour, "en")).toBe("22\u00a0Oct\u00a02026, 09:00");
    expect(formatStaleness(12 * minute + 30 * second, "vi")).toBe("Cũ 12\u00a0phút");
    expect(formatStaleness(12 * minute, "en")).toBe("12\u00a0min old");
  });
});
