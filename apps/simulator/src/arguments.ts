import { parseArgs } from "node:util";

/** How the simulator was started. Times are ms UTC. */
export interface Arguments {
  pack: string;
  /** Scheme whose stations report; null: the pack's own choice. */
  scheme: string | null;
  url: string;
  speed: number;
  sampling: number;
  seed: number;
  /** Whether stations fail now and then. */
  faults: boolean;
  historyDays: number;
  cityOrigin: number;
  wallOrigin: number;
  have: { from: number; to: number } | null;
  /** Print what would be sent, send nothing. */
  dryRun: boolean;
  /** With a dry run: length in city hours. */
  hours: number;
}

const usage = `node apps/simulator/src/main.ts --pack DIR --url URL
  --scheme ID        scheme whose stations report (that of the pack)
  --speed N          city seconds per real second, 1 to 3600 (1)
  --sampling N       non-total properties are reported N times as often (1)
  --seed N           the same seed gives the same city (1)
  --faults on|off    stations fail now and then, a few at a time (on)
  --history-days N   days of history to lay down, newest first (0)
  --city-origin MS   city time at the wall time --wall-origin (now)
  --wall-origin MS
  --have-from MS --have-to MS   labels that the server has already
  --dry-run --hours N           print counts per kind, send nothing (24)
The API key is read from IOC_API_KEY.`;

/** Read the command line. Throws an error that names the argument and what would be right. */
export function readArguments(args: readonly string[], now: number): Arguments {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      pack: text,
      scheme: text,
      url: { ...text, default: "http://localhost:8080" },
      speed: { ...text, default: "1" },
      sampling: { ...text, default: "1" },
      seed: { ...text, default: "1" },
      faults: { ...text, default: "on" },
      "history-days": { ...text, default: "0" },
      "city-origin": { ...text, default: String(now) },
      "wall-origin": { ...text, default: String(now) },
      "have-from": text,
      "have-to": text,
      "dry-run": { type: "boolean", default: false },
      hours: { ...text, default: "24" },
    },
  });
  const number = (name: string, value: string, low: number, high: number): number => {
    const result = Number(value);
    if (Number.isFinite(result) && result >= low && result <= high) return result;
    throw new Error(`--${name} must be a number from ${low} to ${high}, not "${value}"`);
  };
  const far = 8e14;
  if (values.faults !== "on" && values.faults !== "off")
    throw new Error(`--faults must be on or off, not "${values.faults}"`);
  if (values.pack === undefined) throw new Error(`--pack is missing\n${usage}`);
  const haveFrom = values["have-from"];
  const haveTo = values["have-to"];
  return {
    pack: values.pack,
    scheme: values.scheme ?? null,
    url: values.url,
    speed: number("speed", values.speed, 0.01, 3600),
    sampling: number("sampling", values.sampling, 1, 60),
    seed: Math.trunc(number("seed", values.seed, 0, 2 ** 31)),
    faults: values.faults === "on",
    historyDays: number("history-days", values["history-days"], 0, 400),
    cityOrigin: number("city-origin", values["city-origin"], 0, far),
    wallOrigin: number("wall-origin", values["wall-origin"], 0, far),
    have:
      haveFrom === undefined || haveTo === undefined
        ? null
        : { from: number("have-from", haveFrom, 0, far), to: number("have-to", haveTo, 0, far) },
    dryRun: values["dry-run"],
    hours: number("hours", values.hours, 0.1, 24 * 400),
  };
}
