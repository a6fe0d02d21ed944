import type { Frame, Lang } from "@ioc/contracts";
import { orderedColors } from "../classes.ts";
import type { Style } from "../context.ts";
import { vnAqiBands } from "../tokens.ts";

/** A stretch of a bounded index with its word. */
export interface Band {
  from: number;
  to: number;
  fill: string;
  ink: string;
  name: string;
}

/** Whether the values of a frame are the Vietnamese air quality index, which has official bands and colours. */
export function isAqi(frame: Frame): boolean {
  return /(?:^|-)aqi(?:-|$)/.test(frame.statistic) && ["{index}", "1"].includes(frame.unit);
}

/** Band of a value of the index; values are rounded before they are compared (Decision 1459/QĐ-TCMT). */
export function aqiBand(value: number): (typeof vnAqiBands)[number] {
  const rounded = Math.round(value);
  return vnAqiBands.find((band) => rounded <= band.to) ?? vnAqiBands.at(-1)!;
}

/** Bands of the index of a frame: the official ones, else those between its thresholds, else the whole range. */
export function bandsOf(frame: Frame, style: Style, lang: Lang, highest: number): Band[] {
  if (isAqi(frame))
    return vnAqiBands.map((band, index) => ({
      from: index === 0 ? 0 : vnAqiBands[index - 1]!.to,
      to: band.to,
      fill: band.fill,
      ink: band.ink,
      name: band.name[lang],
    }));
  const edges = frame.thresholds
    .filter((each) => each.station === undefined || each.station === frame.subject)
    .toSorted((a, b) => a.value - b.value);
  const top = frame.unit === "%" ? 100 : Math.max(highest, (edges.at(-1)?.value ?? 0) * 1.25, 1);
  const inner = edges.filter((each) => each.value > 0 && each.value < top);
  const colors = orderedColors(style, inner.length + 1);
  return [{ name: "", value: 0 }, ...inner.map((each) => ({ name: each.name[lang], value: each.value }))].map(
    (each, index) => ({
      from: each.value,
      to: inner[index]?.value ?? top,
      fill: inner.length === 0 ? style.raised : colors[index]!.fill,
      ink: inner.length === 0 ? style.text1 : colors[index]!.ink,
      name: each.name,
    }),
  );
}

/** Word of the band a value lies in; empty where bands have no names. */
export function bandOf(bands: readonly Band[], value: number): Band {
  const rounded = Math.round(value * 1e6) / 1e6;
  return bands.find((band) => rounded <= band.to) ?? bands.at(-1)!;
}
