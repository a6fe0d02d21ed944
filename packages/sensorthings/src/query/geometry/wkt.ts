import type { Geometry } from "./geometry.ts";

const tokenPattern = /\s*(?:([A-Za-z]+)|([(),])|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.]))/y;

type Nested = number[] | Nested[];

/** Levels of brackets around a position. */
const depths = { POINT: 0, LINESTRING: 1, MULTIPOINT: 1, POLYGON: 2, MULTILINESTRING: 2, MULTIPOLYGON: 3 } as const;
const names = {
  POINT: "Point",
  LINESTRING: "LineString",
  MULTIPOINT: "MultiPoint",
  POLYGON: "Polygon",
  MULTILINESTRING: "MultiLineString",
  MULTIPOLYGON: "MultiPolygon",
} as const;

/**
 * Reads well-known text (OGC 06-103r4, section 7): longitude before latitude, an optional `SRID=4326;` in front.
 * The length of a filter limits the number of positions.
 *
 * @returns the geometry, or what is wrong with the text.
 */
export function readWkt(text: string): Geometry | string {
  const body = text.replace(/^\s*SRID=(\d+);/i, (_, srid: string) => (srid === "4326" ? "" : `SRID ${srid}`));
  if (body.startsWith("SRID")) return "only SRID=4326 (longitude and latitude) is known";
  try {
    return new WktReader(body).read();
  } catch (error) {
    if (error instanceof WktError) return `"${text.slice(0, 60)}" is no geometry in WKT: ${error.message}`;
    throw error;
  }
}

class WktError extends Error {}

class WktReader {
  readonly #tokens: string[] = [];
  #next = 0;

  constructor(text: string) {
    const source = text.trimEnd();
    tokenPattern.lastIndex = 0;
    while (tokenPattern.lastIndex < source.length) {
      const from = tokenPattern.lastIndex;
      const match = tokenPattern.exec(source);
      if (!match) throw new WktError(`cannot read "${source.slice(from, from + 20).trim()}"`);
      this.#tokens.push(match[1]?.toUpperCase() ?? match[2] ?? match[3] ?? "");
    }
  }

  read(): Geometry {
    const geometry = this.#geometry(0);
    if (this.#next < this.#tokens.length) throw new WktError(`did not expect "${this.#tokens[this.#next]}"`);
    return geometry;
  }

  #geometry(level: number): Geometry {
    const type = this.#take();
    if (["Z", "M", "ZM"].includes(this.#tokens[this.#next] ?? "")) this.#next += 1;
    if (type === "GEOMETRYCOLLECTION") return this.#collection(level);
    if (!Object.hasOwn(depths, type)) throw new WktError(`"${type.slice(0, 20)}" is no type of geometry`);
    const known = type as keyof typeof depths;
    if (known === "MULTIPOINT") return multiPoint(this.#list(() => this.#multiPointPosition()));
    const coordinates = known === "POINT" ? this.#bracketed(() => this.#position()) : this.#nested(depths[known]);
    checkRings(known, coordinates);
    return { type: names[known], coordinates } as Geometry;
  }

  #collection(level: number): Geometry {
    if (level >= 4) throw new WktError("collections are nested too deep");
    return { type: "GeometryCollection", geometries: this.#list(() => this.#geometry(level + 1)) };
  }

  #nested(depth: number): Nested[] {
    return this.#list(() => (depth === 1 ? this.#position() : this.#nested(depth - 1)));
  }

  #multiPointPosition(): number[] {
    return this.#tokens[this.#next] === "(" ? this.#bracketed(() => this.#position()) : this.#position();
  }

  #bracketed<T>(read: () => T): T {
    this.#expect("(");
    const value = read();
    this.#expect(")");
    return value;
  }

  #list<T>(read: () => T): T[] {
    return this.#bracketed(() => {
      const items = [read()];
      while (this.#tokens[this.#next] === ",") {
        this.#next += 1;
        items.push(read());
      }
      return items;
    });
  }

  #position(): number[] {
    const numbers: number[] = [];
    while (/^-?\d/.test(this.#tokens[this.#next] ?? "")) numbers.push(Number(this.#take()));
    if (numbers.length < 2 || numbers.length > 4) throw new WktError("a position has 2 to 4 numbers, longitude first");
    return numbers;
  }

  #expect(symbol: string): void {
    const token = this.#take();
    if (token !== symbol) throw new WktError(`expected "${symbol}", found "${token.slice(0, 20)}"`);
  }

  #take(): string {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new WktError("it is cut short");
    this.#next += 1;
    return token;
  }
}

function multiPoint(coordinates: number[][]): Geometry {
  return { type: "MultiPoint", coordinates };
}

function checkRings(type: keyof typeof depths, coordinates: Nested): void {
  if (type === "LINESTRING" && coordinates.length < 2) throw new WktError("a line has at least 2 positions");
  if (type === "MULTILINESTRING") for (const line of coordinates as Nested[]) checkRings("LINESTRING", line);
  if (type === "MULTIPOLYGON") for (const polygon of coordinates as Nested[]) checkRings("POLYGON", polygon);
  if (type !== "POLYGON") return;
  for (const ring of coordinates as number[][][]) {
    const closed = ring.length >= 4 && String(ring[0]) === String(ring.at(-1));
    if (!closed) throw new WktError("a ring has at least 4 positions and ends where it begins");
  }
}
