import { z } from "zod";
import { lang, localizedText, threshold } from "@ioc/contracts";
import type { Lang, LocalizedText } from "@ioc/contracts";
import type { Fact, Result } from "../grid.ts";
import { roundHalfUp } from "../operators/aggregate.ts";
import { defineStep } from "../step.ts";
import { namedThresholds, thresholdsOf } from "../tables.ts";
import { numberProblems, tableProblems } from "./parameters.ts";

const thresholdParameters = z.strictObject({
  table: z.string(),
  as: z.enum(["flood-alarm", "vn-aqi", "rain-bands", "bands", "noise", "forest-fire", "numbers"]),
  /** With `numbers`: which ones of the table, by their path. */
  numbers: z
    .array(z.strictObject({ at: z.string(), name: localizedText, basis: threshold.shape.basis.optional() }))
    .default([]),
});

/**
 * Thresholds of a reference table beside those that are there: alarm levels and noise limits of the stations shown, bands of an
 * index, bands of rain, single numbers. The fact `band` is the name of the highest one that the headline reaches (those of
 * single stations left out); an index is rounded before it is compared with its bands.
 */
export const thresholds = defineStep({
  op: "thresholds",
  doc: { vi: "Thêm các ngưỡng của một bảng tham chiếu", en: "Adds the thresholds of a reference table" },
  takes: "result",
  gives: "result",
  params: thresholdParameters,
  problems: ({ table, as, numbers }, _definition, network) =>
    as === "numbers"
      ? numberProblems(
          network,
          table,
          numbers.map(({ at }) => at),
        )
      : tableProblems(network, table, as),
  run: (input, { table, as, numbers }, { network, view }): Result => {
    const shown = new Set(view.stations.map((station) => station.id));
    const found = as === "numbers" ? namedThresholds(network, table, numbers) : thresholdsOf(network, table, as, shown);
    const { value } = input;
    const all = [...input.thresholds, ...found];
    const general = all.filter((one) => one.station === undefined).sort((a, b) => a.value - b.value);
    const compared = value === null ? null : roundHalfUp(value, as === "bands" ? 0 : 6);
    const reached = compared === null ? undefined : general.findLast((one) => compared >= one.value);
    return { ...input, thresholds: all, facts: { ...input.facts, band: reached?.name ?? null } };
  },
});

const sentence = z.strictObject({
  /** Holds when the fact is at least / below a number; without it the sentence always holds. */
  when: z.strictObject({ fact: z.string(), atLeast: z.number().optional(), below: z.number().optional() }).optional(),
  vi: z.string(),
  en: z.string(),
});

const placeholder = /\{([A-Za-z0-9.:_<>=-]+?)(?:\|([a-z0-9]+))?\}/g;

/** A number with `decimals`, as the language writes it. */
function decimal(value: number, decimals: number, language: Lang): string {
  const [whole = "", part] = roundHalfUp(Math.abs(value), decimals).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, language === "vi" ? "." : ",");
  const sign = value < 0 && Number(whole + (part ?? "")) !== 0 ? "−" : "";
  return sign + (part === undefined ? grouped : `${grouped}${language === "vi" ? "," : "."}${part}`);
}

interface Filling {
  facts: Record<string, Fact>;
  decimals: number;
  names: Record<string, LocalizedText>;
  clock: (time: number) => string;
}

/** Fills `{fact}`, `{fact|2}` (decimals), `{fact|time}` (HH:MM). Null when a fact is missing. */
function fill(template: string, language: Lang, filling: Filling): string | null {
  let complete = true;
  const filled = template.replace(placeholder, (_, name: string, format: string | undefined) => {
    const fact = filling.facts[name] ?? null;
    if (fact === null) complete = false;
    if (typeof fact === "number") {
      if (format === "time") return filling.clock(fact);
      const named = filling.names[String(fact)];
      if (format === "name" && named) return named[language];
      return decimal(fact, format === undefined ? filling.decimals : Number(format), language);
    }
    if (typeof fact === "string") return filling.names[fact]?.[language] ?? fact;
    return fact?.[language] ?? "";
  });
  return complete ? filled : null;
}

function holds(facts: Record<string, Fact>, when: z.infer<typeof sentence>["when"]): boolean {
  if (!when) return true;
  const fact = facts[when.fact] ?? null;
  return (
    typeof fact === "number" &&
    (when.atLeast === undefined || fact >= when.atLeast) &&
    (when.below === undefined || fact < when.below)
  );
}

/**
 * The sentence that states the finding: the first case that holds, with its facts filled in: `{value}`, `{first.margin|2}`,
 * `{end|time}`, `{weekday|name}` (text of a code in `names`). No sentence when a fact is missing.
 */
export const finding = defineStep({
  op: "finding",
  doc: {
    vi: "Câu nêu kết quả, điền từ các con số của bảng",
    en: "The sentence that states the finding, filled from the numbers of the table",
  },
  takes: "result",
  gives: "result",
  params: z.strictObject({ cases: z.array(sentence).min(1), names: z.record(z.string(), localizedText).default({}) }),
  run: (input, { cases, names }, context): Result => {
    if (input.value === null) return input;
    const chosen = cases.find((one) => holds(input.facts, one.when));
    if (!chosen) return input;
    const clock = (time: number) => {
      const minutes = Math.floor((time - context.calendar.dayStart(time)) / 60_000);
      const two = (value: number) => String(value).padStart(2, "0");
      return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
    };
    const filling = { facts: input.facts, decimals: context.definition.decimals, names, clock };
    const [vi, en] = lang.options.map((language) => fill(chosen[language], language, filling));
    return vi != null && en != null ? { ...input, finding: { vi, en } } : input;
  },
});
