import { approachOf, distanceKm, matchEvents, skillScores } from "@ioc/statistics/shared";
import type { Approach, HappenedEvent, TrackPoint } from "@ioc/statistics/shared";
import { requireSharedData } from "@ioc/testkit";
import { readSharedTable } from "./shared-table.ts";
import { median, printTable } from "./table.ts";

const hourMs = 3_600_000;
/** City centre of Đà Nẵng, as in the check of the catalogue's `w-tropical-cyclone`. */
const city = { lat: 16.0471, lon: 108.2062 };
const firstYear = 1980;
/** Hours that an alert looks ahead and that an event may come after it (`skill.window` of the rule). */
const window = 72;
/** Hours between fixes. */
const fixHours = 6;
/** An alert ends when its condition has not held for this long (`clear_for` of the rule). */
const clearHours = 6;
interface Level {
  level: number;
  /** The centre comes this near, km, */
  within: number;
  /** at most so many hours from now, */
  soon: number;
  /** and is this near now, km. */
  now: number;
}

/** Levels of the rule by their distances and times; a wind is known for a quarter of the positions only, so it is left out. */
const levels: readonly Level[] = [
  { level: 2, within: 500, soon: window, now: 1200 },
  { level: 3, within: 300, soon: 48, now: Number.POSITIVE_INFINITY },
  { level: 4, within: 200, soon: 24, now: Number.POSITIVE_INFINITY },
  { level: 5, within: 150, soon: 24, now: Number.POSITIVE_INFINITY },
];

/** Radius of gale winds where a track tells none, km, as in the rule; nothing here asks for it. */
const usualGaleKm = 200;
/** Hours over which the motion is taken that is kept up. */
const motions = [12, 24];

interface Fix {
  /** ms */
  time: number;
  lat: number;
  lon: number;
}

function readStorms(): Fix[][] {
  const storms = new Map<string, Fix[]>();
  for (const row of readSharedTable("typhoon-ibtracs-wp", "scs_tracks.csv.gz")) {
    const fix = { time: Date.parse(row["ISO_TIME"]!), lat: Number(row["LAT"]), lon: Number(row["LON"]) };
    const storm = storms.get(row["SID"]!) ?? [];
    if (storm.length === 0) storms.set(row["SID"]!, storm);
    if (storm.length === 0 || fix.time > storm.at(-1)!.time) storm.push(fix);
  }
  return [...storms.values()].filter(([first]) => first!.time >= Date.UTC(firstYear, 0));
}

const pointOf = ({ time, lat, lon }: Fix): TrackPoint => ({ time, lat, lon, wind: null, gale: null });

/**
 * The track ahead as it could be drawn at a fix without any forecast: the mean change of latitude and longitude an hour
 * since the newest fix at least `back` hours earlier (at the start of a storm since its first), kept up for 72 hours.
 */
function persisted(storm: readonly Fix[], at: number, back: number): TrackPoint[] | null {
  const now = storm[at]!;
  const before = storm.slice(0, at).findLast(({ time }) => time <= now.time - back * hourMs) ?? storm[0]!;
  const hours = (now.time - before.time) / hourMs;
  if (hours <= 0) return null;
  return Array.from({ length: window / fixHours + 1 }, (_, i) => {
    const ahead = i * fixHours;
    const on = (from: number, to: number) => to + ((to - from) / hours) * ahead;
    return pointOf({ time: now.time + ahead * hourMs, lat: on(before.lat, now.lat), lon: on(before.lon, now.lon) });
  });
}

/** From when until when the centre, on straight lines between the fixes, was within a distance, ms. */
function eventOf(storm: readonly Fix[], within: number): HappenedEvent | null {
  const [start, end] = [storm[0]!.time, storm.at(-1)!.time];
  const track = storm.map(pointOf);
  const { galeHours } = approachOf(track, city, { now: start, ahead: end - start, radius: within });
  if (galeHours === null) return null;
  const started = start + galeHours * hourMs;
  const last = storm.findLast((fix) => distanceKm(fix, city) <= within);
  return { started, ended: Math.max(last?.time ?? 0, started), area: null };
}

interface Seen extends Approach {
  time: number;
}

/** What could be said of a storm at each of its fixes. */
function seenOf(storm: readonly Fix[], back: number): Seen[] {
  return storm.flatMap(({ time }, i) => {
    const track = persisted(storm, i, back);
    if (!track) return [];
    return [{ ...approachOf(track, city, { now: time, ahead: window * hourMs, radius: usualGaleKm }), time }];
  });
}

/** When alerts of a level begin, ms. */
function alertsOf(seen: readonly Seen[], { within, soon, now }: Level): number[] {
  const raised: number[] = [];
  let held = Number.NEGATIVE_INFINITY;
  for (const { time, least, hours, distance } of seen) {
    if (least > within || hours > soon || distance > now) continue;
    if (time - held > clearHours * hourMs) raised.push(time);
    held = time;
  }
  return raised;
}

interface Watched {
  storm: readonly Fix[];
  seen: readonly Seen[];
}

function row(storms: readonly Watched[], back: number, level: Level): (string | number)[] {
  const matched = storms.map(({ storm, seen }) => {
    const event = eventOf(storm, level.within);
    const alerts = alertsOf(seen, level).map((raised) => ({ raised, area: null }));
    return matchEvents(alerts, event ? [event] : [], { windowMs: window * hourMs, sameUnit: () => true });
  });
  const leads = matched.flatMap(({ hits }) => hits.map(({ leadMs }) => leadMs / hourMs));
  const misses = matched.reduce((sum, { misses }) => sum + misses.length, 0);
  const falseAlarms = matched.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0);
  const { pod, far } = skillScores(leads.length, misses, falseAlarms);
  return [
    `${level.level}: within ${level.within} km in ${level.soon} h`,
    back,
    leads.length + misses,
    leads.length,
    misses,
    falseAlarms,
    pod?.toFixed(2) ?? "–",
    far?.toFixed(2) ?? "–",
    median(leads).toFixed(0),
    leads.filter((lead) => lead >= 24).length,
    leads.filter((lead) => lead === 0).length,
  ];
}

/** Warnings of cyclones by distance and approach, over recorded tracks near Đà Nẵng, with motion that goes on as it was. */
export async function storms(): Promise<void> {
  if (!requireSharedData("typhoon-ibtracs-wp")) return;
  const tracks = readStorms();
  const watched = new Map(motions.map((back) => [back, tracks.map((storm) => ({ storm, seen: seenOf(storm, back) }))]));
  printTable(
    `Cyclones since ${firstYear}: ${tracks.length} in the South China Sea`,
    [
      "level",
      "motion of the last hours",
      "centre came so near",
      "hits",
      "misses",
      "false alarms",
      "POD",
      "FAR",
      "lead h, median",
      "lead ≥ 24 h",
      "lead 0",
    ],
    levels.flatMap((level) => motions.map((back) => row(watched.get(back)!, back, level))),
  );
}
