import {
  area,
  basis,
  centre,
  contact,
  datasetColumn,
  datasetDefinition,
  durationMs,
  forecastDefinition,
  regressionDefinition,
  localizedText,
  noticeGrouping,
  observedProperty,
  route,
  scenario,
  shift,
  slug,
  station,
  statisticDefinition,
  stationKind,
  warningDefinition,
} from "@ioc/contracts";
import { z } from "zod";
import { isUcum } from "./ucum.ts";

/** Shapes of the files of a pack. Unknown keys are errors, so that a misspelt one is never silently ignored. */

const text = localizedText.strict();
const latLon = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]);
const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const duration = z
  .string()
  .refine((value) => (durationMs(value) ?? 0) > 0, "not an ISO 8601 duration such as PT10M or P1D");
const durationOrZero = z
  .string()
  .refine((value) => durationMs(value) !== null, "not an ISO 8601 duration such as PT10M or P1D");
const unit = z.string().refine(isUcum, "not a UCUM unit code");

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const boundaries = z.strictObject({ status: z.enum(["approximate", "official"]), source: text });

export const cityFile = z.strictObject({
  id: slug,
  name: text,
  timezone: z.string().refine(isTimeZone, "not a time zone name such as Asia/Ho_Chi_Minh"),
  center: latLon,
  box,
  attribution: text,
  schemes: z
    .array(
      z.strictObject({
        id: slug,
        name: text,
        levels: area.shape.level.array().min(1),
        validFrom: z.iso.date().nullable(),
        validTo: z.iso.date().nullable(),
      }),
    )
    .min(1),
  scheme: z.string(),
  boundaries: z.record(z.string(), boundaries),
  /** Folder of scenarios, relative to the pack. */
  scenarios: z.string().optional(),
});
export type CityFile = z.infer<typeof cityFile>;

export const domainsFile = z.array(z.strictObject({ id: slug, name: text })).min(1);

export const agenciesFile = z
  .array(
    z.strictObject({
      id: slug,
      name: text,
      level: z.enum(["city", "central", "company", "ward"]),
      was: z.array(z.string()).optional(),
    }),
  )
  .min(1);

const areaEntry = area
  .omit({ scheme: true })
  .extend({
    name: text,
    type: text,
    parent: z.string().nullable(),
    areaKm2: z.number().positive().nullable().default(null),
    population: z
      .strictObject({ value: z.int().nonnegative(), basis: z.string().min(1) })
      .nullable()
      .default(null),
    center: latLon.nullable().default(null),
    box: box.nullable().default(null),
  })
  .strict();
export const areasFile = z.array(areaEntry).min(1);

export const centresFile = z.array(centre.extend({ id: slug, name: text }).strict());

export const contactsFile = z.array(contact.extend({ name: text }).strict());

export const shiftsFile = z.array(shift.strict());

export const routesFile = z.strictObject({
  grouping: noticeGrouping.strict().prefault({}),
  routes: z.array(
    route
      .extend({
        name: text,
        when: route.shape.when.unwrap().strict().default({}),
        ladder: z.array(route.shape.ladder.element.strict()),
      })
      .strict(),
  ),
});
export type RoutesFile = z.infer<typeof routesFile>;

const propertyEntry = observedProperty
  .omit({ periodSeconds: true, technical: true })
  .extend({
    id: z.string().regex(/^[a-z][a-z0-9_]*$/, "must be lower-case letters, digits and underscores"),
    name: text,
    unit,
    /** ISO 8601. */
    period: duration.refine((value) => Number.isInteger((durationMs(value) ?? 0) / 1000), "not in whole seconds"),
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
    maxStep: z.number().positive().nullable().default(null),
  })
  .strict();
export type PropertyEntry = z.infer<typeof propertyEntry>;
export const commonPropertiesFile = z.array(propertyEntry);

export const kindFile = stationKind
  .extend({
    id: slug,
    name: text,
    glyph: slug,
    prefix: slug,
    properties: z.array(propertyEntry).min(1),
    /** What the columns `attr.<id>` of the station list mean. */
    attributes: z.record(z.string(), z.string()).default({}),
    /** How a simulator plays the kind, in words. */
    behaviour: z.string().optional(),
  })
  .strict();
export type KindFile = z.infer<typeof kindFile>;

export const stationEntry = station.extend({ id: slug, name: text }).strict();

/** A table of thresholds or parameters; its numbers are free-form, its source is not. */
const referenceTable = z.looseObject({
  title: text,
  doc: z.string().min(1),
  basis,
  check: z.enum(["read", "secondary", "memory"]),
  certainty: z.enum(["high", "medium", "low"]),
});
export const referenceFile = z.record(
  z.string().regex(/^[a-z][a-z0-9_]*$/, "must be lower-case letters, digits and underscores"),
  referenceTable,
);

export const simulatorFile = z.record(z.string(), z.unknown());

const datasetColumnEntry = datasetColumn
  .extend({
    unit: unit.optional(),
    name: text.optional(),
    values: z
      .array(z.strictObject({ id: z.string().min(1), name: text }))
      .min(1)
      .optional(),
  })
  .strict();
export const datasetsFile = z.array(
  datasetDefinition
    .extend({
      name: text,
      frequency: duration,
      columns: z.array(datasetColumnEntry).min(1),
      rows: z
        .string()
        .regex(/^[\w-]+\.csv$/, "must be the name of a CSV file in datasets/rows")
        .optional(),
      source: text,
      keep: duration.optional(),
    })
    .strict(),
);

export const statisticsFile = z.array(
  statisticDefinition
    .extend({ unit, window: duration, name: text, question: text, measures: text, method: text })
    .strict(),
);

export const warningsFile = z.array(
  warningDefinition
    .extend({
      name: text,
      sentence: text,
      action: text,
      for: durationOrZero.default("PT0S"),
      clearFor: durationOrZero.default("PT0S"),
      every: duration,
      staleAfter: duration,
    })
    .strict(),
);

export const forecastsFile = z.array(
  forecastDefinition
    .extend({
      unit,
      name: text,
      measures: text,
      method: text,
      source: text,
      limits: forecastDefinition.shape.limits.unwrap().strict().default({}),
      step: duration,
      seasons: z.array(duration).default([]),
      baseline: duration,
      history: duration,
      horizon: duration,
      every: duration,
      offset: durationOrZero.default("PT0S"),
    })
    .strict(),
);

export const regressionsFile = z.array(
  regressionDefinition.extend({ name: text, measures: text, method: text, source: text }).strict(),
);

export const scenarioFile = z.looseObject({ ...scenario.shape, id: slug, name: text, description: text, duration });
