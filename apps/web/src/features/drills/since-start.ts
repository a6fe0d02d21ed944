const MINUTE = 60_000;

/** Time from the start of a scenario as hours and minutes: `+36:05`. */
export function sinceStart(length: number): string {
  const minutes = Math.round(Math.abs(length) / MINUTE);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return `${length < 0 ? "−" : "+"}${clock}`;
}
