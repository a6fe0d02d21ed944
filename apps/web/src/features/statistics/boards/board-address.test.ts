import { expect, it } from "vitest";
import type { BoardCard } from "@ioc/contracts";
import { fold } from "../../../ui/controls/fold.ts";
import { boardId, readBoardSearch, readCards, writeCards } from "./board-address.ts";

const cards: BoardCard[] = [
  { statistic: "wx-river-level", span: 1 },
  { statistic: "air-vn-aqi-hour", group: "station", subject: "tram-1", chart: "line", span: 2 },
  { statistic: "dv-files", group: "route_id", subject: "R~1;50%", span: 4 },
];

it("writes cards into an address and reads them back", () => {
  const text = writeCards(cards);
  expect(text).toBe("wx-river-level;air-vn-aqi-hour~station~tram-1~line~2;dv-files~route_id~R%7e1%3b50%25~~4");
  expect(readCards(text)).toEqual(cards);
});

it("leaves out what is no card, and tells an empty board from none", () => {
  expect(readCards("Not a slug;a~B C~~pie~9;;")).toEqual([{ statistic: "a", span: 1 }]);
  expect(readCards("")).toEqual([]);
  expect(readCards(undefined)).toBeNull();
  expect(readCards(Array.from({ length: 60 }, () => "a").join(";"))).toHaveLength(48);
});

it("reads the address of a board", () => {
  expect(readBoardSearch({ cards: "", name: "A", about: "", other: 1 })).toEqual({ cards: "", name: "A", about: "" });
  expect(readBoardSearch({ cards: 7, name: "x".repeat(121) })).toEqual({});
});

it("makes an id of a name", () => {
  expect(boardId("Ngập Cẩm Lệ – Đà Nẵng", new Set(), fold)).toBe("ngap-cam-le-da-nang");
  expect(boardId("Mưa", new Set(["mua", "mua-2"]), fold)).toBe("mua-3");
  expect(boardId("???", new Set(), fold)).toBe("bang");
  expect(boardId("new", new Set(), fold)).toBe("new-2");
});
