import type { QualityFlag } from "@ioc/contracts";
import type { Mapping } from "./mapping.ts";

/** What a source says of one value. */
interface SourceFlag {
  quality: QualityFlag;
  /** Words of the flag without their brackets. */
  codes: string[];
  /** The mapping says that the codes are not worth keeping beside a value. */
  silent: boolean;
}

/** A value with what is to be sent of its flag. */
export interface FlaggedValue {
  result: number | null;
  quality?: QualityFlag;
  sourceCodes?: string[];
}

/**
 * Joins a value and its flag. Answers null when neither is there, or a text that says why the flag cannot be read. A flag
 * without a value is a reading without a result, so that it can be told from one that never came.
 */
export type FlagReader = (result: number | null, flag: string) => FlaggedValue | null | string;

const mostCodes = 6;
const longestCode = 16;
/** A file has few different flags; a broken one must not fill the memory. */
const remembered = 10_000;

export function createFlagReader({ quality: qualities, silent }: NonNullable<Mapping["flags"]>): FlagReader {
  const known = new Map<string, SourceFlag | null>();
  const flagOf = (text: string): SourceFlag | null => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const words = text.split(/\s+/);
    const quality = Object.hasOwn(qualities, words[0] ?? "") ? qualities[words[0] ?? ""] : undefined;
    const codes = words.map((word) => word.replace(/[^A-Za-z0-9+._-]/g, "").slice(0, longestCode));
    const kept = codes.filter((code) => code !== "").slice(0, mostCodes);
    const flag = quality === undefined ? null : { quality, codes: kept, silent: silent.includes(text) };
    if (known.size < remembered) known.set(text, flag);
    return flag;
  };
  return (result, cell) => {
    const text = cell.trim();
    if (text === "") return result === null ? null : { result };
    const flag = flagOf(text);
    if (!flag) return `no rule for the flag "${text.slice(0, 60)}"`;
    if (flag.silent && result !== null) return { result, quality: flag.quality };
    return { result, quality: flag.quality, sourceCodes: flag.codes };
  };
}
