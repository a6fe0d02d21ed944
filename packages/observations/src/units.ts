import { aliasOf, atomOf, COMMON_UNITS, PREFIXES } from "./unit-table.ts";
import type { Dimension } from "./unit-table.ts";

/** A unit as a linear function of the base units: base = value * factor + offset. */
interface Unit {
  factor: number;
  offset: number;
  /** Exponents of the base dimensions as one comparable text; empty for dimensionless. */
  dimension: string;
}

type Converter = (value: number) => number;

/** Senders choose the spelling, so what is remembered of it must have an end. */
const REMEMBERED = 2000;

/**
 * Conversion between two units given as UCUM codes or by a spelling in common use (`°C`, `Ml/d`, `µg/m³`, UN/CEFACT codes
 * such as `GQ`). Annotations such as `{vehicles}` count as 1.
 * @returns null when one of them is not known or they measure different things
 */
export function createUnitConversion(): (from: string, to: string) => Converter | null {
  const remembered = new Map<string, Converter | null>();
  return (from, to) => {
    const key = `${from}\n${to}`;
    let converter = remembered.get(key);
    if (converter === undefined) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(key, (converter = makeConverter(from, to)));
    }
    return converter;
  };
}

/** Units in common use that can be converted to `code`, itself first. */
export function unitsLike(code: string): string[] {
  const unit = parseUnit(code);
  if (!unit) return [code];
  const alike = COMMON_UNITS.filter((other) => parseUnit(other)?.dimension === unit.dimension);
  return [code, ...alike.filter((other) => other !== code)];
}

function makeConverter(from: string, to: string): Converter | null {
  if (from === to) return (value) => value;
  const source = parseUnit(from);
  const target = parseUnit(to);
  if (!source || !target || source.dimension !== target.dimension) return null;
  if (source.factor === target.factor && source.offset === target.offset) return (value) => value;
  // Twelve digits are more than any sensor has, and drop the noise of the last binary digits: 0.1 in is 2.54 mm.
  return (value) => Number(((value * source.factor + source.offset - target.offset) / target.factor).toPrecision(12));
}

/** Reads a UCUM code: atoms with prefix and exponent, joined by `.` and `/`. Null when it cannot be read. */
function parseUnit(spelled: string): Unit | null {
  const code = aliasOf(spelled) ?? tidy(spelled);
  const terms = code.split(/(?=[./])/);
  const exponents = new Map<Dimension, number>();
  let factor = 1;
  for (const [i, term] of terms.entries()) {
    const divided = term.startsWith("/");
    const symbol = i === 0 && !divided ? term : term.slice(1);
    const atom = parseTerm(symbol);
    if (!atom) return null;
    if (atom.offset !== 0) return terms.length === 1 && atom.exponent === 1 ? affine(atom) : null;
    const power = divided ? -atom.exponent : atom.exponent;
    factor *= atom.factor ** power;
    for (const [dimension, exponent] of atom.dimensions) {
      exponents.set(dimension, (exponents.get(dimension) ?? 0) + exponent * power);
    }
  }
  return { factor, offset: 0, dimension: dimensionText(exponents) };
}

interface Term {
  factor: number;
  offset: number;
  exponent: number;
  dimensions: [Dimension, number][];
}

function parseTerm(term: string): Term | null {
  const plain = term.replace(/\{[^{}]*\}$/, "");
  if (plain === "" && term !== "") return { factor: 1, offset: 0, exponent: 1, dimensions: [] };
  const match = /^(.*?)([+-]?\d+)?$/.exec(plain);
  if (plain === "1" || !match?.[1]) return plain === "1" ? { factor: 1, offset: 0, exponent: 1, dimensions: [] } : null;
  const exponent = match[2] === undefined ? 1 : Number(match[2]);
  const symbol = match[1];
  const whole = atomOf(symbol);
  if (whole) return { factor: whole.factor, offset: whole.offset ?? 0, exponent, dimensions: whole.dimensions };
  for (const [prefix, scale] of PREFIXES) {
    const atom = symbol.startsWith(prefix) ? atomOf(symbol.slice(prefix.length)) : undefined;
    if (atom?.metric) return { factor: atom.factor * scale, offset: 0, exponent, dimensions: atom.dimensions };
  }
  return null;
}

function affine(term: Term): Unit {
  return { factor: term.factor, offset: term.offset, dimension: dimensionText(new Map(term.dimensions)) };
}

function dimensionText(exponents: ReadonlyMap<Dimension, number>): string {
  const parts = [...exponents].filter(([, exponent]) => exponent !== 0).map(([name, exponent]) => `${name}${exponent}`);
  return parts.sort().join(" ");
}

/** Spellings with signs that UCUM does not use. */
function tidy(code: string): string {
  return code
    .trim()
    .replace(/[µμ]/g, "u")
    .replace(/[⁰¹²³]/g, (digit) => ({ "⁰": "0", "¹": "1", "²": "2", "³": "3" })[digit] ?? digit)
    .replace(/·/g, ".")
    .replace(/\^/g, "");
}
