import { expect, test } from "vitest";
import { seededRandom } from "@ioc/testkit";
import { plainIsoTime } from "./iso-time.ts";

test("agrees with Date.parse wherever it answers", () => {
  const random = seededRandom(7);
  let answered = 0;
  for (let i = 0; i < 20_000; i++) {
    const time = Math.floor(random() * 4_102_444_800_000);
    const text = new Date(time).toISOString();
    for (const form of [text, `${text.slice(0, 19)}Z`]) {
      const read = plainIsoTime(form);
      if (read === null) expect(Number(form.slice(8, 10)), form).toBeGreaterThan(28);
      else {
        expect(read, form).toBe(Date.parse(form));
        answered += 1;
      }
    }
  }
  expect(answered).toBeGreaterThan(30_000);
});

test.each([
  "2026-10-22T02:00:24",
  "2026-10-22T02:00:24+07:00",
  "2026-13-22T02:00:24Z",
  "2026-00-22T02:00:24Z",
  "2026-10-00T02:00:24Z",
  "2026-10-31T02:00:24Z",
  "2026-10-22T24:00:24Z",
  "2026-10-22T02:60:24Z",
  "2026-10-22T02:00:60Z",
  "2026-10-22 02:00:24Z",
  "2026/10/22T02:00:24Z",
  "202x-10-22T02:00:24Z",
  "2026-10-22T02:00:24.5Z",
  "2026-10-22T02:00:24,500Z",
  "1969-12-22T02:00:24Z",
  "",
])("leaves %j to the slower way", (text) => {
  expect(plainIsoTime(text)).toBeNull();
});
