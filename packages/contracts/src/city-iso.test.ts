import { expect, test } from "vitest";
import { createCityIso } from "./city-iso.ts";

test("the offset is that of the moment, summer time included", () => {
  const daNang = createCityIso("Asia/Ho_Chi_Minh");
  expect(daNang(Date.UTC(2026, 9, 22, 2, 0, 24))).toBe("2026-10-22T09:00:24+07:00");
  expect(daNang(Date.UTC(2026, 9, 22, 2, 0, 24, 7))).toBe("2026-10-22T09:00:24.007+07:00");
  const london = createCityIso("Europe/London");
  expect(london(Date.UTC(2026, 2, 29, 0, 59, 59))).toBe("2026-03-29T00:59:59+00:00");
  expect(london(Date.UTC(2026, 2, 29, 1))).toBe("2026-03-29T02:00:00+01:00");
  expect(createCityIso("America/St_Johns")(Date.UTC(2026, 0, 1))).toBe("2025-12-31T20:30:00-03:30");
  expect(() => createCityIso("Mars/Base")).toThrow(RangeError);
});

test("any instant reads back as the same instant", () => {
  for (const zone of ["Asia/Ho_Chi_Minh", "Asia/Kathmandu", "Australia/Lord_Howe", "America/New_York"]) {
    const iso = createCityIso(zone);
    for (let time = Date.UTC(2026, 0, 1); time < Date.UTC(2027, 0, 1); time += 977_777_777) {
      expect(Date.parse(iso(time))).toBe(time);
    }
  }
});
