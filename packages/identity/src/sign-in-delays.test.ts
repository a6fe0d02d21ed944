import { expect, test } from "vitest";
import { createSignInDelays } from "./sign-in-delays.ts";

test("an address that tries one name after the other is slowed down; right sign-ins do not count", () => {
  let now = 0;
  const delays = createSignInDelays(() => now);
  for (let i = 0; i < 100; i++) {
    expect(delays.take("hoa", "10.0.0.1")).toBe(0);
    delays.succeeded("hoa", "10.0.0.1");
  }
  for (let i = 0; i < 20; i++) expect(delays.take(`name${i}`, "10.0.0.1")).toBe(0);
  expect(delays.take("name20", "10.0.0.1")).toBe(30);
  expect(delays.take("name20", "10.0.0.2")).toBe(0);
  now += 30_000;
  expect(delays.take("name20", "10.0.0.1")).toBe(0);
  // Its own account does not free it.
  delays.succeeded("name20", "10.0.0.1");
  expect(delays.take("name21", "10.0.0.1")).toBe(30);
});

test("failures are forgotten after a day", () => {
  let now = 0;
  const delays = createSignInDelays(() => now);
  for (let i = 0; i < 5; i++) delays.take("hoa", `10.0.0.${i}`);
  now += 24 * 3_600_000;
  for (let i = 0; i < 5; i++) expect(delays.take("hoa", `10.0.0.${i}`)).toBe(0);
  expect(delays.take("hoa", "10.0.0.9")).toBe(30);
});
