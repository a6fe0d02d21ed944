/** Path data on 24 × 24 units: `stroke` is drawn as a round line of 1.75 units, `fill` is filled with the same colour. */
export interface Glyph {
  stroke: string;
  fill?: string;
}
