/** Weights of a scoring profile (`profiles.json` of the benchmark). */
export interface Weights {
  readonly tpWeight: number;
  readonly fpWeight: number;
  readonly fnWeight: number;
}

/** A labelled anomaly: first and last row of its window. */
export interface LabelledWindow {
  readonly first: number;
  readonly last: number;
}

/** What one file gives at one threshold. Rows of the probation are not counted. */
export interface FileScore {
  /** Sum of what detections, misses and false alarms are worth; the null detector has -fnWeight for each window. */
  readonly raw: number;
  /** Rows in windows at or above the threshold, rows outside them likewise, rows in windows below it. */
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
  /** Windows with at least one detection, and all windows. */
  readonly found: number;
  readonly windows: number;
}

/**
 * What a detection is worth by its place relative to a window (Lavin & Ahmad 2015, eq. 1, `2 / (1 + e^(5y)) - 1`): -1 is the
 * left edge of the window, 0 its right edge; beyond three widths behind it a false alarm costs all there is.
 */
export function scaledSigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** Rows at the start of a file that are not scored: 15 %, at most 750. */
export function probationOf(rows: number): number {
  return Math.min(Math.floor(0.15 * rows), 750);
}

/** Where a row stands: in a window (its index) or outside (-1), and what a detection there is worth before weights. */
interface Place {
  readonly window: number;
  readonly worth: number;
}

/** The place of every row. A window of w rows ends at `last`; its row i stands at (i - last - 1) / w, a row behind it at (i - last) / (w - 1). */
export function placesOf(rows: number, windows: readonly LabelledWindow[]): Place[] {
  const places: Place[] = [];
  const best = scaledSigmoid(-1);
  let next = 0;
  for (let i = 0; i < rows; i++) {
    while (next < windows.length && i > (windows[next]?.last ?? 0)) next++;
    const current = windows[next];
    if (current && i >= current.first) {
      const width = current.last - current.first + 1;
      places.push({ window: next, worth: scaledSigmoid((i - current.last - 1) / width) / best });
      continue;
    }
    const before = windows[next - 1];
    const behind = before ? (i - before.last) / Math.max(1, before.last - before.first) : Number.POSITIVE_INFINITY;
    places.push({ window: -1, worth: scaledSigmoid(behind) });
  }
  return places;
}

/** The published score of a file: the best (earliest) detection of each window counts, a window without one costs `fnWeight`. */
export function scoreFile(
  scores: readonly number[],
  windows: readonly LabelledWindow[],
  threshold: number,
  { tpWeight, fpWeight, fnWeight }: Weights,
): FileScore {
  const places = placesOf(scores.length, windows);
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  const earliest = windows.map(() => Number.NEGATIVE_INFINITY);
  let falseAlarms = 0;
  for (let i = probationOf(scores.length); i < scores.length; i++) {
    const { window, worth } = places[i] ?? { window: -1, worth: 0 };
    const detected = (scores[i] ?? 0) >= threshold;
    if (window < 0) {
      counts[detected ? "fp" : "tn"]++;
      if (detected) falseAlarms += worth * fpWeight;
    } else {
      counts[detected ? "tp" : "fn"]++;
      if (detected) earliest[window] = Math.max(earliest[window] ?? 0, worth);
    }
  }
  const ofWindows = earliest.reduce((sum, worth) => sum + (Number.isFinite(worth) ? worth * tpWeight : -fnWeight), 0);
  return {
    raw: falseAlarms + ofWindows,
    ...counts,
    found: earliest.filter(Number.isFinite).length,
    windows: windows.length,
  };
}

/** 0 for a detector that never fires, 100 for one that finds every window at its first row and nothing else. */
export function normalised(raw: number, windows: number, { tpWeight, fnWeight }: Weights): number {
  const nothing = -fnWeight * windows;
  return (100 * (raw - nothing)) / (tpWeight * windows - nothing);
}

/** A file's scores with its windows, as the sweep takes them. */
export interface Scored {
  readonly scores: readonly number[];
  readonly windows: readonly LabelledWindow[];
}

/** The one threshold for all files with the highest normalised score, as the benchmark's own optimisation finds it. */
export function bestThreshold(files: readonly Scored[], weights: Weights): { threshold: number; score: number } {
  const rows = files.flatMap(({ scores, windows }, file) =>
    placesOf(scores.length, windows)
      .map((place, i) => ({ ...place, key: `${file}:${place.window}`, score: scores[i] ?? 0 }))
      .slice(probationOf(scores.length)),
  );
  rows.sort((a, b) => b.score - a.score);
  const count = files.reduce((sum, { windows }) => sum + windows.length, 0);
  const earliest = new Map<string, number>();
  let raw = -weights.fnWeight * count;
  let best = { threshold: Number.POSITIVE_INFINITY, raw };
  for (const [i, { window, worth, key, score }] of rows.entries()) {
    if (window < 0) raw += worth * weights.fpWeight;
    else {
      const before = earliest.get(key);
      if (before === undefined || worth > before) {
        raw += worth * weights.tpWeight - (before === undefined ? -weights.fnWeight : before * weights.tpWeight);
        earliest.set(key, worth);
      }
    }
    if (rows[i + 1]?.score !== score && raw > best.raw) best = { threshold: score, raw };
  }
  return { threshold: best.threshold, score: normalised(best.raw, count, weights) };
}
