import { join } from "node:path";
import type { Board } from "@ioc/contracts";
import { openDatabase } from "@ioc/database";
import { temporaryFolder } from "@ioc/testkit";
import { expect, test } from "vitest";
import { mostBoards, openBoardStore } from "./board-store.ts";

function openTemporary() {
  const folder = temporaryFolder();
  const file = join(folder.path, "city.db");
  let db = openDatabase(file);
  return {
    store: openBoardStore(db),
    reopened() {
      db.close();
      db = openDatabase(file);
      return openBoardStore(db);
    },
    [Symbol.dispose]() {
      db.close();
      folder[Symbol.dispose]();
    },
  };
}

function board(id: string, version = 1, name = "Ngập lụt"): Board {
  const cards = [{ statistic: "flood-max-depth", span: 2, chart: "line" as const }];
  return { id, version, name, description: "", cards, updatedAt: 1000 };
}

test("a board is saved as the version after the one it was made from, and outlives a restart", async () => {
  using city = openTemporary();
  const { store } = city;
  expect(await store.save(board("flood"))).toEqual({ outcome: "saved", board: board("flood") });
  expect(await store.save(board("flood", 1, "Mưa"))).toEqual({ outcome: "saved", board: board("flood", 2, "Mưa") });
  expect(await store.save(board("flood", 1, "lost"))).toEqual({ outcome: "conflict", version: 2 });
  expect(await store.save(board("new", 2))).toEqual({ outcome: "conflict", version: null });
  await store.save(board("air"));
  const again = city.reopened();
  expect(await again.get("flood")).toEqual(board("flood", 2, "Mưa"));
  expect(await again.list({ limit: 1, offset: 1 })).toEqual({ items: [board("flood", 2, "Mưa")], total: 2 });
  expect(await again.remove("flood")).toBe(true);
  expect(await again.remove("flood")).toBe(false);
  expect(await again.get("flood")).toBeNull();
});

test("two that save at once: one of them is told", async () => {
  using city = openTemporary();
  await city.store.save(board("flood"));
  const both = await Promise.all(["a", "b"].map((name) => city.store.save(board("flood", 1, name))));
  expect(both.map(({ outcome }) => outcome)).toEqual(["saved", "conflict"]);
  expect((await city.store.get("flood"))?.name).toBe("a");
});

test("there is room for so many boards; those that are there can still be changed", async () => {
  using city = openTemporary();
  for (let n = 0; n < mostBoards; n++) await city.store.save(board(`board-${n}`));
  expect(await city.store.save(board("one-more"))).toEqual({ outcome: "full" });
  expect(await city.store.save(board("board-7", 1, "changed"))).toMatchObject({ outcome: "saved" });
});
