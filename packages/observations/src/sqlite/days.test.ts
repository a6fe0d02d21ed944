import { expect, test } from "vitest";
import { standardOffsetMinutes } from "./days.ts";

test.each([
  ["Asia/Ho_Chi_Minh", 420],
  ["UTC", 0],
  ["Europe/London", 0],
  ["America/New_York", -300],
  ["Australia/Sydney", 600],
  ["Asia/Kolkata", 330],
])("the standard time of %s is %d minutes ahead of UTC", (zone, minutes) => {
  expect(standardOffsetMinutes(zone)).toBe(minutes);
});
