import { expect, test } from "vitest";
import { readSkipToken, writeSkipToken, type SkipToken } from "./skip-token.ts";

test.each<SkipToken>([
  { place: { id: 5 }, expanded: null },
  { place: { skip: 200 }, expanded: null },
  { place: { at: { time: -5, id: 2 ** 53 } }, expanded: { search: "$expand=Đ", trail: [0, 2] } },
])("a token is read as it was written: %j", (token) => {
  expect(readSkipToken(writeSkipToken(token))).toEqual(token);
});

const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

test.each([
  "",
  "%%%",
  forged({}),
  forged([]),
  forged([{}, null]),
  forged([{ id: -1 }, null]),
  forged([{ id: "1" }, null]),
  forged([{ at: { time: "x", id: 1 } }, null]),
  forged([{ skip: 1.5 }, null]),
  forged([{ id: 1 }, ["$top=1", "x"]]),
  forged([{ id: 1 }, [5, []]]),
  forged([{ id: 1 }, ["", Array(11).fill(0)]]),
  "A".repeat(20_001),
])("a token that this server did not write is refused", (token) => {
  expect(() => readSkipToken(token)).toThrow("$skiptoken");
});
