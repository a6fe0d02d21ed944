import { basename } from "node:path";

/** How far the import of a file is. */
export interface Progress {
  file: string;
  rows: number;
  /** Of the file, from 0 to 1. */
  share: number;
  /** Rows and share with which this run began, and how long ago that was, ms. */
  began: { rows: number; share: number };
  elapsedMs: number;
}

/** One line for a person: rows, share of the file, rows a second, time left. */
export function progressLine({ file, rows, share, began, elapsedMs }: Progress): string {
  const seconds = elapsedMs / 1000;
  const perSecond = seconds > 0 ? (rows - began.rows) / seconds : 0;
  const done = share - began.share;
  const left = done > 0 ? ((1 - share) / done) * seconds : null;
  const parts = [
    `${rows.toLocaleString("en")} rows`,
    `${(share * 100).toFixed(1)} %`,
    `${Math.round(perSecond).toLocaleString("en")} rows/s`,
    ...(left === null ? [] : [`${durationText(left)} left`]),
  ];
  return `${basename(file)}: ${parts.join(", ")}`;
}

function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export interface ProgressDisplay {
  show(progress: Progress): void;
  /** Clears the line before something else is written. */
  clear(): void;
}

/**
 * Shows progress while it changes: on a terminal in one line that is renewed four times a second, otherwise as a line every
 * ten seconds.
 * @param now Running time, ms.
 */
export function createProgressDisplay(
  out: { isTTY?: boolean; write(text: string): unknown },
  now: () => number,
): ProgressDisplay {
  const every = out.isTTY ? 250 : 10_000;
  let shownAt = now();
  let visible = false;
  return {
    show(progress) {
      if (now() - shownAt < every) return;
      shownAt = now();
      visible = out.isTTY === true;
      out.write(out.isTTY ? `\r\u001b[2K${progressLine(progress)}` : `${progressLine(progress)}\n`);
    },
    clear() {
      if (visible) out.write("\r\u001b[2K");
      visible = false;
    },
  };
}
