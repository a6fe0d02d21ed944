/** Something in the file that is not as it should be. */
export interface StoreProblem {
  /** Datastream id, or null when it concerns the file as a whole. */
  datastream: string | null;
  /** City day, `2026-10-01`, or null. */
  day: string | null;
  problem: string;
  /** What to do about it. */
  advice: string;
}

export const RESTORE = "restore the last backup (ioc restore), or keep the file for a rescue with sqlite3's .recover";
