export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** Local calendar of the city. The zone's offset is taken once: the zone must not have daylight saving. */
export class Calendar {
  readonly offsetMs: number;
  readonly #days = new Map<number, DayOfYear>();
  #day = Number.NaN;
  #of: DayOfYear = { month: 0, year: 1970, dayOfYear: 0, low: 0, high: 0, weight: 0 };

  constructor(timezone: string, at: number) {
    this.offsetMs = offsetOf(timezone, at);
  }

  /** Days since 1970-01-01 in local time. */
  day(time: number): number {
    return Math.floor((time + this.offsetMs) / dayMs);
  }
  /** When a local day begins, ms UTC. */
  startOfDay(day: number): number {
    return day * dayMs - this.offsetMs;
  }
  /** Local hour with its fraction, 0 ≤ h < 24. */
  hour(time: number): number {
    const local = time + this.offsetMs;
    return (local - Math.floor(local / dayMs) * dayMs) / hourMs;
  }
  /** 0 Sunday .. 6 Saturday. */
  weekday(day: number): number {
    return (((day + 4) % 7) + 7) % 7;
  }
  isWeekend(day: number): boolean {
    const weekday = this.weekday(day);
    return weekday === 0 || weekday === 6;
  }
  /** 0 January .. 11 December. */
  month(day: number): number {
    return this.#turnTo(day).month;
  }
  year(day: number): number {
    return this.#turnTo(day).year;
  }
  /** 0 on 1 January. */
  dayOfYear(day: number): number {
    return this.#turnTo(day).dayOfYear;
  }
  /** Month-and-day text of a local day, `MM-DD`. */
  monthDay(day: number): string {
    return new Date(day * dayMs).toISOString().slice(5, 10);
  }

  /** Value of a monthly table (January first) on a local day, linear between the middles of the months. */
  seasonal(table: readonly number[], day: number): number {
    const { low, high, weight } = this.#turnTo(day);
    const from = table[low] ?? 0;
    return from + ((table[high] ?? 0) - from) * weight;
  }

  #turnTo(day: number): DayOfYear {
    if (day === this.#day) return this.#of;
    let of = this.#days.get(day);
    if (!of) {
      of = dayOfYear(day);
      if (this.#days.size > 2000) this.#days.clear();
      this.#days.set(day, of);
    }
    this.#day = day;
    this.#of = of;
    return of;
  }
}

interface DayOfYear {
  month: number;
  year: number;
  dayOfYear: number;
  /** Months between whose middles the day lies, and how far it is on the way. */
  low: number;
  high: number;
  weight: number;
}

function dayOfYear(day: number): DayOfYear {
  const date = new Date(day * dayMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const position = (date.getUTCDate() - 0.5) / days - 0.5;
  const low = position < 0 ? (month + 11) % 12 : month;
  return {
    month,
    year,
    dayOfYear: day - Date.UTC(year, 0, 1) / dayMs,
    low,
    high: (low + 1) % 12,
    weight: position < 0 ? position + 1 : position,
  };
}

/** Factor of a 24-hour shape at a local hour, linear between full hours. */
export function shapeAt(shape: readonly number[], hour: number): number {
  const index = Math.floor(hour);
  const low = shape[index] ?? 0;
  return low + ((shape[(index + 1) % 24] ?? 0) - low) * (hour - index);
}

function offsetOf(timezone: string, at: number): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: timezone, timeZoneName: "longOffset" }).formatToParts(at);
  const text = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === "-" ? -minutes : minutes) * minuteMs;
}
