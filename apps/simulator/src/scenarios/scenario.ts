import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const iso = z.string().transform((text, context) => {
  const ms = durationMs(text);
  if (ms === null) context.addIssue({ code: "custom", message: "must be an ISO 8601 duration such as PT90M or P3D" });
  return ms ?? 0;
});
const place = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]);

/** A storm that turns: wind, pressure, rain and surge by distance from a moving centre. */
const cyclone = z.object({
  kind: z.literal("cyclone"),
  /** Rain at the ring of strongest wind, mm/h, and how fast it fades outwards, km. */
  rainMmPerHour: z.number(),
  rainFadeKm: z.number(),
  /** Highest surge at the coast beside the centre, m. */
  surgeM: z.number(),
  track: z
    .array(
      z.object({
        at: iso,
        centre: place,
        pressureHpa: z.number(),
        windMs: z.number(),
        radiusKm: z.number().positive(),
      }),
    )
    .min(2),
});
/** Intense cells over named places: rise, hold, fall. */
const rainCells = z.object({
  kind: z.literal("rain-cells"),
  cells: z
    .array(
      z.object({
        start: iso,
        duration: iso,
        rise: iso,
        from: place,
        to: place,
        radiusKm: z.number().positive(),
        mmPerHour: z.number().positive(),
      }),
    )
    .min(1),
});
/** Day after day a given highest temperature, no rain of its own. */
const heat = z.object({
  kind: z.literal("heat"),
  maxCel: z.array(z.number()).min(1),
  windFactor: z.number().default(1),
});
/** Stations around a place fall silent. */
const outage = z.object({
  kind: z.literal("outage"),
  start: iso,
  duration: iso,
  centre: place,
  radiusKm: z.number().positive(),
  /** Share of the stations that fall silent. */
  share: z.number().min(0).max(1),
  /** Share of the silent ones that keep their readings and deliver them afterwards. */
  delivered: z.number().min(0).max(1),
  /** Mains power fails as well: lamps dark, pumps without mains. */
  power: z.boolean(),
});

const span = z.tuple([iso, iso]).refine(([from, to]) => from <= to, "the second must not be before the first");

/** What an exercise with a scenario must raise. Durations are ms from the scenario's start. */
const drill = z.strictObject({
  /** City time at which the scenario starts. */
  begins: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  /** The past that rules look back at is laid down this far. */
  history: iso,
  /** Kinds of stations whose rules look back further, with how far. */
  longer: z.record(z.string(), iso).default({}),
  /** Ordinary city before the scenario starts, so that every rule has seen it. */
  before: iso,
  /** City time between two looks of the rules, ms; drills of days look less often, where nothing is decided in minutes. */
  step: iso.default(60_000).refine((ms) => ms >= 60_000 && 900_000 % ms === 0, "must be minutes that divide 15"),
  /** Warnings that are not expected may reach this level: 1 where notices are ordinary, 0 where nothing else may fire. */
  tolerates: z.int().min(0).max(5).default(0),
  /** In the order of their first alerts; none where nothing must come. */
  expects: z
    .array(
      z.strictObject({
        warning: z.string(),
        /** Highest level that any subject reaches. */
        level: z.int().min(1).max(5),
        /** Least and most subjects that alert. */
        subjects: z.tuple([z.int().min(1), z.int().min(1)]),
        /** Within which the first alert fires. */
        first: span,
      }),
    )
    .default([]),
  /** Warnings that an ordinary day of the played city raises too, with the reason; they are shown and not judged. */
  background: z.record(z.string(), z.string()).default({}),
  /** Warnings that are not run, with the reason: what they look at is not part of it. */
  without: z.record(z.string(), z.string()).default({}),
});
export type DrillPlan = z.infer<typeof drill>;

const scenarioFile = z.object({
  id: z.string(),
  name: z.object({ vi: z.string(), en: z.string() }),
  description: z.object({ vi: z.string(), en: z.string() }),
  duration: iso,
  /** None plays the ordinary city. */
  effects: z.array(z.discriminatedUnion("kind", [cyclone, rainCells, heat, outage])),
  drill: drill.optional(),
});
/** A scenario: physical effects with times from its start. Durations are ms. */
export type ScenarioPlan = z.infer<typeof scenarioFile>;
export type Effect = ScenarioPlan["effects"][number];

/** Read every `*.yaml` of a folder; a folder that does not exist holds none. Throws with the file's name when one is not of the known form. */
export async function readScenarios(folder: string): Promise<ScenarioPlan[]> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const names = found.filter((name) => name.endsWith(".yaml")).sort();
  return Promise.all(
    names.map(async (name) => {
      const parsed = scenarioFile.safeParse(parse(await readFile(path.join(folder, name), "utf8")));
      if (!parsed.success) throw new Error(`${name}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    }),
  );
}

/** Length of an ISO 8601 duration of days, hours, minutes and seconds in ms; null when it is none. */
function durationMs(text: string): number | null {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match || text.endsWith("P") || text.endsWith("T")) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1000;
}
