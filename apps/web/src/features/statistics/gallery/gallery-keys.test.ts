import { expect, it } from "vitest";
import { cardAfter } from "./gallery-keys.ts";

/** Cards of 100 × 80 in three columns; the last row has one. */
const cards = Array.from({ length: 7 }, (_, i) => {
  const [left, top] = [(i % 3) * 110, Math.floor(i / 3) * 90];
  return { left, top, width: 100, height: 80 } as DOMRect;
});

it("walks in reading order, and up and down by rows", () => {
  expect(cardAfter(cards, 0, "ArrowRight")).toBe(1);
  expect(cardAfter(cards, 6, "ArrowRight")).toBe(6);
  expect(cardAfter(cards, 3, "ArrowLeft")).toBe(2);
  expect(cardAfter(cards, 0, "ArrowLeft")).toBe(0);
  expect(cardAfter(cards, 1, "ArrowDown")).toBe(4);
  expect(cardAfter(cards, 4, "ArrowUp")).toBe(1);
  expect(cardAfter(cards, 1, "ArrowUp")).toBe(1);
  expect(cardAfter(cards, 5, "ArrowDown")).toBe(6);
  expect(cardAfter(cards, 5, "Home")).toBe(0);
  expect(cardAfter(cards, 0, "End")).toBe(6);
});
