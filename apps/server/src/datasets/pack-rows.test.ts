import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { definitionOf } from "@ioc/catalogue/testing";
import { bringPackRows } from "./pack-rows.ts";
import { testStore } from "./test-store.ts";

const columns = [
  { id: "id", type: "string", key: true },
  { id: "n", type: "integer" },
];
const definition = definitionOf("d", columns, { origin: "pack", rows: "d.csv", synthetic: true });

function testPack(definitions = [definition]) {
  const store = testStore(definitions);
  const rows = join(store.folder, "datasets/rows");
  mkdirSync(rows, { recursive: true });
  return Object.assign(store, {
    write: (text: string) => writeFileSync(join(rows, "d.csv"), text),
    remove: () => rmSync(join(rows, "d.csv")),
    bring: (now: number, all = definitions) =>
      bringPackRows({ datasets: store.datasets, definitions: all, folder: store.folder, now, faults: store.faults }),
    items: () => store.datasets.page("d", { limit: 10 }).items,
  });
}

test("a file is brought when it changed, as a whole", async () => {
  await using pack = testPack();
  pack.write("id,n\na,1\nb,\n");
  await pack.bring(1);
  expect(pack.items()).toEqual([
    { id: "a", n: 1 },
    { id: "b", n: null },
  ]);
  expect(pack.datasets.items()[0]).toMatchObject({ count: 2, madeUp: true, updatedAt: 1 });
  await pack.bring(2);
  expect(pack.datasets.items()[0]?.updatedAt).toBe(1);
  pack.write("id,n\nb,2\nc,3\n");
  await pack.bring(3);
  expect(pack.items()).toEqual([
    { id: "b", n: 2 },
    { id: "c", n: 3 },
  ]);
  await pack.bring(4, [{ ...definition, synthetic: false }]);
  expect(pack.datasets.items()[0]).toMatchObject({ madeUp: false, updatedAt: 4 });
});

test("a file that is wrong is told with its line, and the rows from before stay until it is mended", async () => {
  await using pack = testPack();
  pack.write("id,n\na,1\n");
  await pack.bring(1);
  for (const [text, told] of [
    [
      "id,n\na,1\n\nb,x\nc,y\n",
      /^rows of d: datasets\/rows\/d\.csv:4 column "n": give a whole number.* \(and 1 more\); see `ioc pack check`$/,
    ],
    ["id,n,o\na,1,2\n", /datasets\/rows\/d\.csv:2 column "o": the dataset has no such column/],
    ['id,n\n"a', /datasets\/rows\/d\.csv:2 a quotation mark is never closed/],
  ] as const) {
    pack.write(text);
    await pack.bring(2);
    expect(pack.health()?.detail).toMatch(told);
    expect(pack.items()).toEqual([{ id: "a", n: 1 }]);
  }
  pack.remove();
  await pack.bring(3);
  expect(pack.health()?.detail).toMatch(/datasets\/rows\/d\.csv the file is missing/);
  pack.write("id,n\na,5\n");
  await pack.bring(4);
  expect(pack.health()).toEqual({ status: "ok" });
  expect(pack.items()).toEqual([{ id: "a", n: 5 }]);
});
