import { expect, test } from "vitest";
import { createRateLimit } from "./rate-limit.ts";

test("a burst is allowed, then the rate; others are not affected", () => {
  let now = 0;
  const limit = createRateLimit(2, () => now);
  for (let i = 0; i < 20; i++) expect(limit.take("10.0.0.1")).toBe(0);
  expect(limit.take("10.0.0.1")).toBe(1);
  expect(limit.take("10.0.0.2")).toBe(0);
  now += 1000;
  expect([limit.take("10.0.0.1"), limit.take("10.0.0.1"), limit.take("10.0.0.1")]).toEqual([0, 0, 1]);
});

test("an IPv6 network counts as one client, and an IPv4 address is the same either way it is written", () => {
  const limit = createRateLimit(1, () => 0);
  for (let i = 0; i < 10; i++) limit.take(`2001:db8:1:2::${i}`);
  expect(limit.take("2001:db8:1:2:aaaa::1")).toBe(1);
  expect(limit.take("2001:db8:1:3::1")).toBe(0);
  for (let i = 0; i < 10; i++) limit.take("::ffff:10.0.0.1");
  expect(limit.take("10.0.0.1")).toBe(1);
});

test("0 sets no limit", () => {
  const limit = createRateLimit(0, () => 0);
  for (let i = 0; i < 10_000; i++) expect(limit.take("10.0.0.1")).toBe(0);
});
