import { expect, test } from "vitest";
import { parseInstant, parseTime, timeText } from "./times.ts";

test.each([
  ["2026-10-22T02:00:00Z", "2026-10-22T02:00:00.000Z"],
  ["2026-10-22T09:00:00.25+07:00", "2026-10-22T02:00:00.250Z"],
  ["2010-12-23T10:20:00-0700", "2010-12-23T17:20:00.000Z"],
  ["2024-02-29T23:59Z", "2024-02-29T23:59:00.000Z"],
  ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
])("%s is the instant %s", (text, expected) => {
  const time = parseInstant(text);
  expect(time === null ? null : new Date(time).toISOString()).toBe(expected);
});

test.each([
  "2026-10-22",
  "2026-10-22T02:00:00",
  "2026-02-29T00:00:00Z",
  "2026-13-01T00:00:00Z",
  "2010-12-23T10:20:00-0700Z",
  " 2026-10-22T02:00:00Z",
  "yesterday",
  1_792_634_424,
  null,
])("%s is no instant", (text) => {
  expect(parseInstant(text)).toBeNull();
});

test("a period has two ends in order", () => {
  const text = "2026-10-22T02:00:00.000Z/2026-10-22T03:00:00.000Z";
  const time = parseTime(text);
  expect(time && timeText(time)).toBe(text);
  expect(parseTime("2026-10-22T03:00:00Z/2026-10-22T02:00:00Z")).toBeNull();
  expect(parseTime("2026-10-22T03:00:00Z/")).toBeNull();
  expect(parseTime("a/b/c")).toBeNull();
});
