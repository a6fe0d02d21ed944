import { describe, expect, test } from "vitest";
import { pack } from "./test-city.ts";
import { compared } from "./test-check.ts";

describe.each(pack.statistics.filter(({ checks }) => checks.length > 0))("$id", (definition) => {
  test.each(definition.checks)("$text", (check) => {
    const { said, expected } = compared(definition, check);
    expect(said).toEqual(expected);
  });
});
