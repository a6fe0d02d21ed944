const buffers = [new Float64Array(2048), new Float64Array(2048)];

/**
 * Working memory for a column, one of two; it holds whatever was there, and is overwritten by the next call. Blocks are coded
 * one after the other in a thread, so nothing of it is ever needed longer.
 */
export function scratch(which: 0 | 1, length: number): Float64Array {
  const buffer = buffers[which]!;
  if (buffer.length >= length) return buffer;
  return (buffers[which] = new Float64Array(length * 2));
}
