/** Prints rows as a Markdown table, so that a result can be pasted into a page as it is. */
export function printTable(
  title: string,
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const cells = [header, header.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
  console.log(`\n### ${title}\n\n${cells.join("\n")}\n`);
}

/** The value below which the share `p` (0..1) of the samples lies; linear between order statistics. */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * p;
  const low = sorted[Math.floor(position)] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** 123456 → `123 k`. */
export function thousands(perSecond: number): string {
  return perSecond >= 10_000 ? `${Math.round(perSecond / 1000)} k` : perSecond.toFixed(0);
}
