import { expect, test } from "vitest";
import { formatBytes } from "./bytes.ts";

test("three significant digits in the reader's language; what is not known is a dash", () => {
  expect([0, 812, 999.4, 999.6, 1000, 56_140_000, 1_236_000_000, 4e15].map((one) => formatBytes(one, "en"))).toEqual([
    "0\u00a0B",
    "812\u00a0B",
    "999\u00a0B",
    "1.00\u00a0kB",
    "1.00\u00a0kB",
    "56.1\u00a0MB",
    "1.24\u00a0GB",
    "4,000\u00a0TB",
  ]);
  expect(formatBytes(1_236_000_000, "vi")).toBe("1,24\u00a0GB");
  expect(formatBytes(999_600, "en")).toBe("1.00\u00a0MB");
  expect(formatBytes(null, "vi")).toBe("—");
});
