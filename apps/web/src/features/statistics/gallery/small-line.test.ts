import { expect, it } from "vitest";
import type { Frame } from "@ioc/contracts";
import { smallLineOf } from "./small-line.tsx";

const frame = (rows: Frame["rows"], more: Frame["columns"] = []): Frame =>
  ({
    columns: [
      { id: "time", name: { vi: "t", en: "t" }, type: "time", role: "x" },
      { id: "value", name: { vi: "v", en: "v" }, type: "number", role: "value" },
      ...more,
    ],
    rows,
  }) as Frame;

it("goes from edge to edge, lowest to highest, and breaks at a gap", () => {
  const path = smallLineOf(
    frame([
      [0, 1],
      [1, 3],
      [2, null],
      [3, 2],
      [4, 1],
    ]),
  );
  expect(path).toBe("M2.0 22.0L25.0 2.0M71.0 12.0L94.0 22.0");
});

it("is not drawn of a single value or of several series", () => {
  expect(smallLineOf(frame([[0, 1]]))).toBeNull();
  const series = { id: "s", name: { vi: "s", en: "s" }, type: "text", role: "series" } as const;
  expect(
    smallLineOf(
      frame(
        [
          [0, 1, "a"],
          [1, 2, "a"],
        ],
        [series],
      ),
    ),
  ).toBeNull();
});
