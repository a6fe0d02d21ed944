import { expect, it } from "vitest";
import { cardKeys, moved } from "./card-order.ts";

const cards = ["a", "b", "c"].map((statistic) => ({ statistic, span: 1 }));
const ids = (list: readonly { statistic: string }[]) => list.map((card) => card.statistic).join("");

it("moves a card and closes up", () => {
  expect(ids(moved(cards, 0, 2))).toBe("bca");
  expect(ids(moved(cards, 2, 0))).toBe("cab");
  expect(ids(moved(cards, 1, 3))).toBe("abc");
  expect(ids(moved(cards, 7, 0))).toBe("abc");
});

it("tells equal cards apart", () => {
  expect(new Set(cardKeys([...cards, ...cards])).size).toBe(6);
});
