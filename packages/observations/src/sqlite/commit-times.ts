import type { WriterFigures } from "./messages.ts";

/** Upper bounds, seconds. */
const BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

/** How long commits took, as a histogram. */
export class CommitTimes {
  readonly #counts = Array.from({ length: BOUNDS.length + 1 }, () => 0);
  #sum = 0;
  #commits = 0;

  add(seconds: number): void {
    const at = BOUNDS.findIndex((bound) => seconds <= bound);
    const place = at < 0 ? BOUNDS.length : at;
    this.#counts[place]!++;
    this.#sum += seconds;
    this.#commits++;
  }

  figures(): Pick<WriterFigures, "commits" | "commitSeconds"> {
    return { commits: this.#commits, commitSeconds: { bounds: BOUNDS, counts: [...this.#counts], sum: this.#sum } };
  }
}
