/** A piece of a longer text; `position` counts its first character from 1. */
export interface Piece {
  text: string;
  position: number;
}

/** Cuts at every `separator` that is outside brackets and 'quoted texts'. */
export function splitOutside(source: string, separator: "," | ";"): Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    if (character === "'") quoted = !quoted;
    if (quoted) continue;
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character !== separator || depth !== 0) continue;
    pieces.push({ text: source.slice(start, at), position: start + 1 });
    start = at + 1;
  }
  pieces.push({ text: source.slice(start), position: start + 1 });
  return pieces;
}
