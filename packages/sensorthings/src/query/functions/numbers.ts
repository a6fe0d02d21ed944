import { toNumber } from "../values.ts";

const functions: Readonly<Record<string, (value: number) => number>> = {
  /** Halves away from zero (OData 4.0, part 2, 5.1.1.4.8). */
  round: (value) => Math.sign(value) * Math.round(Math.abs(value)),
  floor: Math.floor,
  ceiling: Math.ceil,
};

export function numberFunction(name: string): ((args: readonly unknown[]) => unknown) | undefined {
  if (!Object.hasOwn(functions, name)) return undefined;
  return (args) => {
    const value = toNumber(args[0]);
    return value === null ? null : (functions[name]?.(value) ?? null);
  };
}
