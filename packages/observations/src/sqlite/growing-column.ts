/** A column of numbers whose length is not known beforehand. */
export class GrowingColumn {
  #values = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = new Float64Array(this.#length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length++] = value;
  }

  /** The column at its length; the memory behind it may be longer. */
  done(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
