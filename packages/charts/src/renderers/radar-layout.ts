import type { Style } from "../context.ts";
import { formatNumber, noValue } from "../format.ts";
import { textWidth, wrapText } from "../text.ts";
import type { Profiles } from "./profile.ts";
import type { Drawing } from "./shared.ts";

interface Label {
  lines: string[];
  x: number;
  /** Middle of the first line. */
  y: number;
  align: "left" | "center" | "right";
}

/** Middle and size of a web, and its labels, px. */
export interface Web {
  cx: number;
  cy: number;
  radius: number;
  labels: Label[];
}

/** The largest web whose labels all find room; null when none of a useful size does. */
export function webOf(profiles: Profiles, drawing: Drawing, style: Style, head: number): Web | null {
  const { context } = drawing;
  const most = Math.min((context.height - head) / 2 - style.line * 1.6, context.width / 2 - style.size * 5);
  for (let radius = most; radius >= Math.max(style.size * 4.2, most * 0.55); radius -= 4) {
    const web = laidOut(profiles, drawing, style, head, radius);
    if (web) return web;
  }
  return null;
}

function laidOut(profiles: Profiles, drawing: Drawing, style: Style, head: number, radius: number): Web | null {
  const { context } = drawing;
  const count = profiles.axes.length;
  const gap = style.size * 0.8;
  const step = style.line * 0.95;
  const cx = context.width / 2;
  const rough = profiles.axes.map((axis, index) => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const align: Label["align"] = Math.abs(dx) < 0.2 ? "center" : dx > 0 ? "left" : "right";
    const room = align === "center" ? context.width * 0.6 : context.width / 2 - (radius + gap) * Math.abs(dx);
    const lines = [...wrapText(axis.name, style.size, room, 3), valueLine(axis.values, axis.max, profiles, drawing)];
    const whole = lines.every(
      (line, at) => textWidth(line, style.size, at === lines.length - 1 ? 600 : 400) <= room && !line.endsWith("…"),
    );
    const height = lines.length * step;
    const away = dy < -0.9 ? -height : dy > 0.9 ? 0 : -height / 2;
    return { lines, whole, align, dx, dy, height, away };
  });
  if (rough.some((label) => !label.whole)) return null;
  // The web stands where the labels above and below leave it.
  const above = Math.max(...rough.map((label) => (radius + gap) * -label.dy - label.away));
  const below = Math.max(...rough.map((label) => (radius + gap) * label.dy + label.away + label.height));
  if (above + below > context.height - head - 2) return null;
  const cy = head + (context.height - head - above - below) / 2 + above;
  const boxes = rough.map((label) => {
    const x = cx + (radius + gap) * label.dx;
    const width = Math.max(
      ...label.lines.map((line, at) => textWidth(line, style.size, at === label.lines.length - 1 ? 600 : 400)),
    );
    const left = label.align === "center" ? x - width / 2 : label.align === "left" ? x : x - width;
    return {
      left,
      right: left + width,
      top: cy + (radius + gap) * label.dy + label.away,
      height: label.height,
      x,
      label,
    };
  });
  const meet = boxes.some((a, index) =>
    boxes
      .slice(index + 1)
      .some(
        (b) => a.left < b.right + 4 && b.left < a.right + 4 && a.top < b.top + b.height && b.top < a.top + a.height,
      ),
  );
  if (meet) return null;
  return {
    cx,
    cy,
    radius,
    labels: boxes.map((each) => ({
      lines: each.label.lines,
      x: each.x,
      y: each.top + step / 2,
      align: each.label.align,
    })),
  };
}

/** Values of an axis: `87,5`, of two subjects `● 87,5  ■ 74,0`, with the end of the axis where each has its own. */
function valueLine(
  values: Profiles["axes"][number]["values"],
  max: number,
  { series, end }: Profiles,
  { context }: Drawing,
): string {
  const of = series[0]!;
  const numbers = values.map((datum) =>
    datum?.value == null ? noValue : formatNumber(datum.value, context.lang, of.decimals),
  );
  const unit = of.unit === "%" ? "%" : "";
  const own = end === null ? `/${formatNumber(max, context.lang, 0)}` : unit;
  if (series.length === 1) return numbers[0] === noValue ? noValue : `${numbers[0]}${own}`;
  return `●\u00a0${numbers[0]}\u00a0\u00a0■\u00a0${numbers[1]}${end === null ? ` ${own}` : ""}`;
}
