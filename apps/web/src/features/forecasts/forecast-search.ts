/** What the page shows, from the address. */
export interface ForecastSearch {
  forecast?: string;
  subject?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value.length > 0 && value.length <= 120 ? value : undefined;

/** Reads the address; what is not understood is left out. */
export function readForecastSearch(raw: Record<string, unknown>): ForecastSearch {
  const [forecast, subject] = [text(raw["forecast"]), text(raw["subject"])];
  return { ...(forecast ? { forecast } : {}), ...(subject ? { subject } : {}) };
}
