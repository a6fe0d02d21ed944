import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RowTable } from "../port.ts";
import { definitionOf } from "../../testing.ts";
import { rowsOf, testDatasets } from "../test-datasets.ts";

const definition = definitionOf("d", [
  { id: "name", type: "string", key: true },
  { id: "day", type: "date", key: true },
  { id: "level", type: "category" },
  { id: "value", type: "number" },
]);
/** Texts whose order in UTF-16 is not that in UTF-8 are among them. */
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 3 }),
  fc.constantFrom("\u{1f30a}", "\uff5e", "đ", "z", "Z", "\ue000"),
);
const row = fc.record({
  name: name.filter((text) => !text.includes("\u0000")),
  day: fc.integer({ min: 1, max: 28 }).map((day) => `2026-02-${String(day).padStart(2, "0")}`),
  level: fc.constantFrom("low", "high", null),
  value: fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 5 })),
});
const rows = fc.uniqueArray(row, { maxLength: 60, selector: (one) => `${one.name.normalize("NFC")} ${one.day}` });

/** Everything that a table says but for its version. */
function told({ version: _version, columns, ...rest }: RowTable) {
  return { ...rest, columns: Object.fromEntries(columns) };
}

test(
  "the same rows in any order, batches and repetition, read or not meanwhile, are the same table",
  { timeout: 120_000 },
  async () => {
    const arrival = rows.chain((all) =>
      fc.record({
        all: fc.constant(all),
        // Every row at least once, in another order, some again.
        sent: fc
          .tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all))
          .map((parts) => parts.flat()),
        size: fc.integer({ min: 1, max: 25 }),
        readEvery: fc.integer({ min: 1, max: 4 }),
        atOnce: fc.boolean(),
      }),
    );
    const options = { synthetic: false, now: 7 };
    await fc.assert(
      fc.asyncProperty(arrival, async ({ all, sent, size, readEvery, atOnce }) => {
        await using whole = testDatasets([definition]);
        await using parts = testDatasets([definition]);
        await whole.datasets.put("d", all, options);
        const running: Promise<unknown>[] = [];
        for (let first = 0, batch = 0; first < sent.length; first += size, batch++) {
          const work = [parts.datasets.put("d", sent.slice(first, first + size), options)];
          if (batch % readEvery === 0) work.push(parts.datasets.table("d") as Promise<never>);
          if (atOnce) running.push(...work);
          else await Promise.all(work);
        }
        await Promise.all(running);
        const expected = told(await whole.datasets.table("d"));
        const kept = told(await parts.datasets.table("d"));
        expect(kept).toEqual(expected);
        expect(parts.datasets.items()).toEqual(whole.datasets.items());
        await parts.reopen([definition]);
        expect(told(await parts.datasets.table("d"))).toEqual(expected);
        expect(parts.datasets.page("d", { limit: 100 })).toEqual(whole.datasets.page("d", { limit: 100 }));
      }),
      { numRuns: 40 },
    );
  },
);

test("the last row of a key is the one that holds, whatever was read before", async () => {
  const change = fc.record({
    name: fc.constantFrom("a", "b", "c"),
    value: fc.integer({ min: 0, max: 9 }),
    batch: fc.boolean(),
    read: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 40 }), async (changes) => {
      await using own = testDatasets([definition]);
      const last = new Map<string, number>();
      let batch: unknown[] = [];
      for (const one of changes) {
        batch.push({ name: one.name, day: "2026-02-01", value: one.value });
        last.set(one.name, one.value);
        if (one.batch) continue;
        await own.datasets.put("d", batch, { synthetic: false, now: 1 });
        batch = [];
        if (one.read) await own.datasets.table("d");
      }
      await own.datasets.put("d", batch, { synthetic: false, now: 1 });
      const table = await own.datasets.table("d");
      const held = rowsOf(table).map(([name, , , value]) => [name, value]);
      expect(held).toEqual([...last].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    }),
    { numRuns: 40 },
  );
});
