import { describe, expect, it } from "vitest";
import { cityTime, day, hour } from "@ioc/charts/time";
import { boundsOf, dayText, resolutionFor, resolutionsOf, spanOfDays, startOfDay } from "./span.ts";

const now = cityTime(2026, 10, 22, 9, 30);

describe("days of the city's calendar", () => {
  it("begin at the city's midnight, seven hours before that of UTC", () => {
    expect(new Date(startOfDay("2026-10-22")!).toISOString()).toBe("2026-10-21T17:00:00.000Z");
    expect(dayText(Date.UTC(2026, 9, 21, 16, 59))).toBe("2026-10-21");
    expect(dayText(Date.UTC(2026, 9, 21, 17, 0))).toBe("2026-10-22");
  });

  it("are refused where the calendar has none", () => {
    for (const text of ["2026-02-30", "2026-13-01", "22/10/2026", "", "0002-10-22x", "<script>"])
      expect(startOfDay(text), text).toBeNull();
  });

  it("say what is wrong with two of them", () => {
    expect(spanOfDays("2026-10-01", "2026-10-22", now)).toEqual({
      span: { fromDay: "2026-10-01", toDay: "2026-10-22" },
    });
    expect(spanOfDays("2026-10-22", "2026-10-01", now)).toEqual({ wrong: "order" });
    expect(spanOfDays("", "2026-10-01", now)).toEqual({ wrong: "day" });
    expect(spanOfDays("0202-10-01", "2026-10-01", now)).toEqual({ wrong: "day" });
    expect(spanOfDays("2026-10-23", "2026-10-24", now)).toEqual({ wrong: "future" });
  });
});

describe("bounds", () => {
  it("of a preset end now", () => {
    expect(boundsOf({ preset: "6h" }, now)).toEqual({ from: now - 6 * hour, to: now, live: true });
    expect(boundsOf({ preset: "1y" }, now)).toEqual({ from: now - 365 * day, to: now, live: true });
  });

  it("of days take in the last one, but nothing that is still to come", () => {
    expect(boundsOf({ fromDay: "2026-10-01", toDay: "2026-10-02" }, now)).toEqual({
      from: cityTime(2026, 10, 1),
      to: cityTime(2026, 10, 3),
      live: false,
    });
    expect(boundsOf({ fromDay: "2026-10-22", toDay: "2026-10-22" }, now).to).toBe(now);
  });
});

describe("resolution", () => {
  it("is the readings themselves for a day, whatever their period", () => {
    expect(resolutionFor(day, 60, 350)).toBe("raw");
    expect(resolutionFor(day, 1, 350)).toBe("raw");
  });

  it("grows with the span so that at most three entries come on a point", () => {
    const widest = [7, 30, 90, 365].map((days) => resolutionFor(days * day, 60, 400));
    expect(widest).toEqual(["15min", "1h", "1d", "1d"]);
    expect(resolutionFor(7 * day, 600, 400)).toBe("raw");
    expect(resolutionFor(30 * day, 3600, 400)).toBe("raw");
    expect(resolutionFor(2 * day, 1, 1000)).toBe("1min");
    expect(resolutionFor(5000 * day, 60, 100)).toBe("1d");
  });

  it("offers no bucket that holds a single reading", () => {
    expect(resolutionsOf(1)).toEqual(["raw", "1min", "15min", "1h", "1d"]);
    expect(resolutionsOf(60)).toEqual(["raw", "15min", "1h", "1d"]);
    expect(resolutionsOf(3600)).toEqual(["raw", "1d"]);
    expect(resolutionsOf(86_400)).toEqual(["raw"]);
  });
});
