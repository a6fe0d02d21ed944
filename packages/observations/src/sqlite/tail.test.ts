import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Tail } from "./tail.ts";

const SEED = Number(process.env["IOC_TEST_SEED"] ?? 4);
const put = fc.record({
  time: fc.integer({ min: -30, max: 60 }),
  value: fc.integer(),
  quality: fc.constantFrom(1, 3, 9),
});

test("a tail is what a sorted map of its readings is, whatever order they come in", () => {
  const property = fc.property(fc.array(put, { maxLength: 90 }), fc.integer({ min: 0, max: 90 }), (puts, dropped) => {
    const tail = new Tail();
    const map = new Map<number, { value: number; quality: number; sequence: number }>();
    for (const [i, { time, value, quality }] of puts.entries()) {
      expect(tail.put(time, value, quality, i, 5 * i, i + 1)).toBe(!map.has(time));
      map.set(time, { value, quality, sequence: i + 1 });
    }
    const expectSame = () => {
      const times = [...map.keys()].sort((a, b) => a - b);
      const { time, value, quality, reasons, delay } = tail.all();
      expect(Array.from(time)).toEqual(times);
      expect(Array.from(value)).toEqual(times.map((t) => map.get(t)!.value));
      expect(Array.from(quality)).toEqual(times.map((t) => map.get(t)!.quality));
      expect(Array.from(reasons)).toEqual(times.map((t) => map.get(t)!.sequence - 1));
      expect(Array.from(delay)).toEqual(times.map((t) => 5 * (map.get(t)!.sequence - 1)));
      expect(Array.from(tail.span(-10, 20).time)).toEqual(times.filter((t) => t > -10 && t <= 20));
      for (const t of [-31, 0, 7, 61]) expect(tail.find(t)).toBe(times.indexOf(t));
      const sequences = [...map.values()].map(({ sequence }) => sequence);
      expect(tail.firstSequence).toBeLessThanOrEqual(Math.min(...sequences));
    };
    expectSame();
    tail.dropUpTo(dropped);
    for (const [time, { sequence }] of map) if (sequence <= dropped) map.delete(time);
    expectSame();
    tail.clear();
    expect([tail.length, tail.firstSequence]).toEqual([0, Infinity]);
  });
  fc.assert(property, { seed: SEED, numRuns: 300 });
});
