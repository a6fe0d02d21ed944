import { parseFormula } from "@ioc/expressions";

/** What is wrong with formulas before any data: those that cannot be read, each with its name. */
export function formulaProblems(formulas: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(formulas).flatMap(([name, source]) => {
    if (source === undefined) return [];
    try {
      parseFormula(source);
      return [];
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}
