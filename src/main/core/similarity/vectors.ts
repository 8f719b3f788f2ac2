/** Rows of signed bytes, compared by direction. They grow by doubling, so that adding is cheap. */
export class VectorTable {
  private bytes = new Int8Array(0);
  private inverseLengths = new Float64Array(0);
  private rows = 0;
  private columns = 0;

  get size(): number {
    return this.rows;
  }

  /**
   * @param vector [columns], as many as the first one had
   * @returns its row
   */
  add(vector: Int8Array): number {
    if (this.rows === 0) this.columns = vector.length;
    if (vector.length !== this.columns)
      throw new RangeError(`a vector of ${vector.length} values among such of ${this.columns}`);
    if (this.rows === this.inverseLengths.length) this.grow();
    this.bytes.set(vector, this.rows * this.columns);
    let squares = 0;
    for (const value of vector) squares += value * value;
    this.inverseLengths[this.rows] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    return this.rows++;
  }

  /** Cosine of the angle between two rows, -1..1; 0 where one has no direction. */
  cosine(a: number, b: number): number {
    const { bytes, columns, inverseLengths } = this;
    let sum = 0;
    for (let i = a * columns, j = b * columns, end = i + columns; i < end; i++, j++) sum += bytes[i]! * bytes[j]!;
    return sum * inverseLengths[a]! * inverseLengths[b]!;
  }

  private grow(): void {
    const capacity = Math.max(256, this.rows * 2);
    const bytes = new Int8Array(capacity * this.columns);
    bytes.set(this.bytes);
    this.bytes = bytes;
    const inverseLengths = new Float64Array(capacity);
    inverseLengths.set(this.inverseLengths);
    this.inverseLengths = inverseLengths;
  }
}
