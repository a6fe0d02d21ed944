import { describe, expect, it } from "vitest";
import { earlier, instantText, readBefore, readInstant } from "./periods.ts";

const at = (text: string): number => readInstant(text)!;

it("reads city time and writes it back", () => {
  expect(readInstant("2026-10-22T09:00")).toBe(Date.UTC(2026, 9, 22, 2));
  expect(instantText(Date.UTC(2026, 9, 21, 17, 5))).toBe("2026-10-22T00:05");
  for (const wrong of ["2026-02-30T09:00", "2026-10-22", "2026-10-22T24:00", "1700-01-01T00:00", "x"])
    expect(readInstant(wrong), wrong).toBeNull();
});

describe("an earlier period", () => {
  it("is at the same clock time", () => {
    expect(instantText(earlier(at("2026-03-31T09:30"), "P1D"))).toBe("2026-03-30T09:30");
    expect(instantText(earlier(at("2026-03-31T09:30"), "P7D"))).toBe("2026-03-24T09:30");
    expect(instantText(earlier(at("2026-01-15T23:59"), "P1M"))).toBe("2025-12-15T23:59");
    expect(instantText(earlier(at("2026-10-22T00:00"), "P1Y"))).toBe("2025-10-22T00:00");
  });
  it("ends with a shorter month", () => {
    expect(instantText(earlier(at("2026-03-31T09:30"), "P1M"))).toBe("2026-02-28T09:30");
    expect(instantText(earlier(at("2024-02-29T06:00"), "P1Y"))).toBe("2023-02-28T06:00");
  });
  it("may be a time of its own", () => {
    expect(earlier(0, "2026-10-22T09:00")).toBe(at("2026-10-22T09:00"));
    expect(readBefore("2026-10-22T09:00")).toBe("2026-10-22T09:00");
    expect(readBefore("P7D")).toBe("P7D");
    expect(readBefore("P2D")).toBeUndefined();
    expect(readBefore(7)).toBeUndefined();
  });
});
