/** An instant (`to` is null) or a period, ms since 1970 UTC. */
export interface TimeSpan {
  from: number;
  to: number | null;
}

const isoForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** ISO 8601 instant with an offset, such as `2026-10-22T09:00:00+07:00`, in ms; null for anything else. */
export function parseInstant(text: unknown): number | null {
  if (typeof text !== "string" || !isoForm.test(text)) return null;
  const time = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  if (!Number.isFinite(time)) return null;
  // Date.parse takes 31 February for 3 March.
  const day = Number(text.slice(8, 10));
  return day <= daysOf(Number(text.slice(0, 4)), Number(text.slice(5, 7))) ? time : null;
}

/** An instant, or a period `begin/end` whose end does not lie before its beginning; null for anything else. */
export function parseTime(text: unknown): TimeSpan | null {
  if (typeof text !== "string") return null;
  const slash = text.indexOf("/");
  if (slash < 0) {
    const from = parseInstant(text);
    return from === null ? null : { from, to: null };
  }
  const from = parseInstant(text.slice(0, slash));
  const to = parseInstant(text.slice(slash + 1));
  return from === null || to === null || to < from ? null : { from, to };
}

/** Stations report at the same times, and writing a time takes as long as all else of an Observation. */
const written = new Map<number, string>();
const mostWritten = 20_000;

export function instantText(ms: number): string {
  let text = written.get(ms);
  if (text === undefined) {
    if (written.size >= mostWritten) written.clear();
    written.set(ms, (text = new Date(ms).toISOString()));
  }
  return text;
}

export function timeText({ from, to }: TimeSpan): string {
  return to === null ? instantText(from) : `${instantText(from)}/${instantText(to)}`;
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
