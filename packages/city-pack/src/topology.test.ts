import { seededRandom } from "@ioc/testkit";
import { expect, test } from "vitest";
import { signedArea } from "./geometry.ts";
import type { Position } from "./geometry.ts";
import { dissolve, roundRing, simplifyRings, wind } from "./topology.ts";
import type { Ring } from "./topology.ts";

/** Two neighbours with one wiggly border between them. */
function neighbours(seed: number): [Ring, Ring] {
  const random = seededRandom(seed);
  const border: Position[] = Array.from({ length: 60 }, (_, at) => [108 + (random() - 0.5) * 0.002, 16 + at * 0.001]);
  const first: Position = border[0] ?? [0, 0];
  const last: Position = border.at(-1) ?? [0, 0];
  const west: Ring = [...border, [107.9, last[1]], [107.9, first[1]], first];
  const east: Ring = [...border.toReversed(), [108.1, first[1]], [108.1, last[1]], last];
  return [west, east];
}

const edges = (ring: Ring): string[] => ring.slice(1).map((to, at) => `${String(ring[at])} ${String(to)}`);

test.each([1, 2, 3, 4, 5])("thinning keeps neighbours together (seed %d)", (seed) => {
  const [west, east] = simplifyRings(neighbours(seed), 0.0008);
  if (!west || !east) throw new Error("a ring is lost");
  expect(west.length).toBeLessThan(60);
  const back = new Set(edges(east).map((edge) => edge.split(" ").toReversed().join(" ")));
  const shared = edges(west).filter((edge) => back.has(edge));
  expect(shared.length).toBe(west.length - 4);
  // United they are a rectangle: the border between them is gone.
  const united = dissolve([wind([west]), wind([east])]);
  expect(united).toHaveLength(1);
  expect(signedArea(united[0]?.[0] ?? [])).toBeCloseTo(2 * 0.2 * 0.059, 9);
});

test("a unit inside another leaves a hole, and fills it when both are united", () => {
  const outer: Ring = [
    [0, 0],
    [3, 0],
    [3, 3],
    [0, 3],
    [0, 0],
  ];
  const hole: Ring = [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 1],
    [1, 1],
  ];
  expect(dissolve([[outer, hole]])).toEqual([[outer, hole]]);
  expect(dissolve([[outer, hole], [hole.toReversed()]])).toEqual([[outer]]);
});

test("rounding drops repetitions and rings that collapse", () => {
  expect(
    roundRing(
      [
        [0, 0],
        [1.000001, 0],
        [1.000002, 0],
        [1, 1],
        [0, 0],
      ],
      5,
    ),
  ).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ]);
  expect(
    roundRing(
      [
        [0, 0],
        [0.000001, 0],
        [0, 0.000001],
        [0, 0],
      ],
      5,
    ),
  ).toBeNull();
});

test("a ring never collapses however coarse the thinning", () => {
  const square: Ring = [
    [0, 0],
    [0.001, 0],
    [0.001, 0.001],
    [0, 0.001],
    [0, 0],
  ];
  expect(simplifyRings([square], 1)).toEqual([square]);
});
