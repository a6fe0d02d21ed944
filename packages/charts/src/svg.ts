import type { ChartSpec, Frame } from "@ioc/contracts";
import { chartPlan, drawsTarget } from "./chart-option.ts";
import { styleOf, type ChartContext, type Style } from "./context.ts";
import { drawSvg } from "./engine.ts";
import { formatShare } from "./format.ts";
import { plotHeight } from "./plot-height.ts";
import { summaryOf } from "./summary.ts";
import { targetText } from "./target.ts";
import { escapeXml, textWidth, wrapText } from "./text.ts";
import { formatDateTime } from "./time.ts";
import { fontFamily } from "./tokens.ts";
import { unitText } from "./units.ts";
import { words } from "./words.ts";

/** A context for a whole card: `height` is that of the card; without it the card takes what its chart needs. */
export type CardContext = Omit<ChartContext, "height"> & { height?: number | undefined };

interface CardSizes {
  padding: number;
  title: number;
  titleLine: number;
  subtitle: number;
  subtitleLine: number;
  footer: number;
  footerLine: number;
}

function sizesOf(width: number, wall: boolean): CardSizes {
  if (wall)
    return { padding: 28, title: 34, titleLine: 46, subtitle: 28, subtitleLine: 38, footer: 28, footerLine: 38 };
  if (width < 480)
    return { padding: 14, title: 17, titleLine: 24, subtitle: 13, subtitleLine: 19, footer: 12, footerLine: 18 };
  if (width < 900)
    return { padding: 20, title: 20, titleLine: 28, subtitle: 14, subtitleLine: 20, footer: 12, footerLine: 18 };
  return { padding: 24, title: 22, titleLine: 31, subtitle: 15, subtitleLine: 22, footer: 13, footerLine: 19 };
}

function svgText(x: number, y: number, content: string, look: { size: number; fill: string; weight?: number }): string {
  return `<text x="${x}" y="${y}" font-size="${look.size}" fill="${look.fill}"${look.weight ? ` font-weight="${look.weight}"` : ""}>${escapeXml(content)}</text>`;
}

/**
 * `Nguồn: … · Cập nhật 09:00 22/10/2026 · 97% hợp lệ · Số liệu mô phỏng`, in lines; coverage under 90 % is bold, and so is
 * that data are made up.
 */
function footerLines(
  spec: ChartSpec,
  frame: Frame,
  context: CardContext,
  size: number,
  width: number,
): { text: string; strong: boolean }[][] {
  const say = words(context.lang);
  const share = frame.coverage === null ? null : formatShare(frame.coverage, context.lang);
  const parts = [
    ...wrapText(`${say.source}: ${spec.source[context.lang]}`, size, width, 2).map((line) => ({
      text: line,
      strong: false,
    })),
    ...(frame.asOf === null
      ? []
      : [{ text: `${say.updated} ${formatDateTime(frame.asOf, context.lang)}`, strong: false }]),
    ...(share === null ? [] : [{ text: `${share} ${say.valid}`, strong: (frame.coverage ?? 1) < 0.9 }]),
    ...(frame.synthetic ? [{ text: say.synthetic, strong: true }] : []),
  ];
  const lines: { text: string; strong: boolean }[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    const length = textWidth(` · ${part.text}`, size, part.strong ? 600 : 400);
    if (used + length > width) {
      lines.push([part]);
      used = textWidth(part.text, size, part.strong ? 600 : 400);
    } else {
      lines.at(-1)!.push(part);
      used += length;
    }
  }
  return lines;
}

/** Line under the title: what is measured, of whom, and the unit. */
export function subtitleOf(
  spec: Pick<ChartSpec, "subtitle">,
  frame: Frame,
  context: Pick<ChartContext, "lang" | "nameOf">,
): string {
  const unit = unitText(frame.unit, context.lang).replaceAll(" ", "\u00a0");
  const subject = frame.subject === null ? "" : `${context.nameOf(frame.subject)} · `;
  const measure = spec.subtitle[context.lang];
  return `${subject}${measure}${unit === "" || measure.includes(`(${unit})`) ? "" : ` (${unit})`}`;
}

/** The finding where there is one, else the question. */
export function titleOf(spec: Pick<ChartSpec, "title">, frame: Frame, lang: ChartContext["lang"]): string {
  return frame.finding?.[lang] ?? spec.title[lang];
}

/** Height of the middle of a line over its baseline, in text sizes (Inter). */
const middleOverBaseline = 0.36;

/** Texts as plain attributes with a baseline: not every reader of SVG knows `dominant-baseline` or the `font` shorthand. */
function plainText(drawing: string): string {
  const pattern =
    /<text dominant-baseline="central" text-anchor="(\w+)" style="font: ?(\d+) ([\d.]+)px [^"]*"( xml:space="preserve")? transform="translate\((-?[\d.]+) (-?[\d.]+)\)"/g;
  return drawing.replace(
    pattern,
    (_, anchor: string, weight: string, size: string, _space: string, x: string, y: string) => {
      const base = Math.round((Number(y) + Number(size) * middleOverBaseline) * 100) / 100;
      return `<text x="${x}" y="${base}" font-size="${size}"${weight === "400" ? "" : ` font-weight="${weight}"`}${anchor === "start" ? "" : ` text-anchor="${anchor}"`}`;
    },
  );
}

/** Ids inside a drawing get the card's own prefix, so that several cards can stand in one page; nothing reacts to a pointer. */
function nested(drawing: string, prefix: string, x: number, y: number, width: number, height: number): string {
  const body = drawing.replace(/^[^<]*<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  const own = plainText(body)
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/ (?:class|pointer-events)="[^"]*"/g, "")
    .replace(/\bzr\d+-/g, prefix)
    .replace(/\n{2,}/g, "\n");
  return `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${own}</svg>`;
}

function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value.toString(36);
}

/**
 * A complete card as an SVG document: title, subtitle with unit, plot, source, time of the data, share of valid values.
 * Real text, no outside references, the summary as its description. The same input always gives the same text.
 * `context.width` 240 to 2,000 px; drawn for 340, 720 and 1,080.
 */
export function renderSvg(spec: ChartSpec, frame: Frame, context: CardContext): string {
  const { width, lang } = context;
  const style: Style = styleOf(context);
  const sizes = sizesOf(width, style.wall);
  const inner = width - 2 * sizes.padding;
  const title = wrapText(titleOf(spec, frame, lang), sizes.title, inner, width < 480 ? 3 : 2, 600);
  const subtitle = wrapText(subtitleOf(spec, frame, context), sizes.subtitle, inner, width < 480 ? 3 : 2);
  // A target that the chart has no line for is said in words.
  const goal = drawsTarget(spec.kind, frame, context) ? "" : targetText(frame, lang);
  const goals = wrapText(goal, sizes.subtitle, inner, 2, 600);
  const footer = footerLines(spec, frame, context, sizes.footer, inner);
  const lines = subtitle.length + goals.length;
  const head = sizes.padding + title.length * sizes.titleLine + lines * sizes.subtitleLine + 12;
  const foot = 12 + footer.length * sizes.footerLine + sizes.padding - 4;
  const plot = Math.round(
    Math.max(100, context.height ? context.height - head - foot : plotHeight(spec, frame, context, inner)),
  );
  const height = head + plot + foot;
  const plan = chartPlan(spec, frame, { ...context, width: inner, height: plot });
  const id = `c${hash([frame.statistic, frame.group, frame.subject, width, context.theme, lang].join("|"))}`;
  let y = sizes.padding;
  const parts: string[] = [];
  for (const line of title) {
    parts.push(
      svgText(sizes.padding, y + sizes.titleLine * 0.72, line, { size: sizes.title, fill: style.text1, weight: 600 }),
    );
    y += sizes.titleLine;
  }
  for (const line of subtitle) {
    parts.push(
      svgText(sizes.padding, y + sizes.subtitleLine * 0.72, line, { size: sizes.subtitle, fill: style.text2 }),
    );
    y += sizes.subtitleLine;
  }
  for (const line of goals) {
    const look = { size: sizes.subtitle, fill: style.text1, weight: 600 };
    parts.push(svgText(sizes.padding, y + sizes.subtitleLine * 0.72, line, look));
    y += sizes.subtitleLine;
  }
  parts.push(nested(drawSvg(plan.option, inner, plot), `${id}-`, sizes.padding, head, inner, plot));
  for (const [index, line] of footer.entries()) {
    const spans = line
      .map(
        (part, order) =>
          `${order === 0 ? "" : " · "}${part.strong ? `<tspan font-weight="600" fill="${style.text1}">${escapeXml(part.text)}</tspan>` : escapeXml(part.text)}`,
      )
      .join("");
    const at = head + plot + 12 + sizes.footerLine * (index + 0.72);
    parts.push(
      `<text x="${sizes.padding}" y="${at}" font-size="${sizes.footer}" fill="${style.text3}">${spans}</text>`,
    );
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-t ${id}-d" lang="${lang}" font-family="${fontFamily}">`,
    `<title id="${id}-t">${escapeXml(titleOf(spec, frame, lang))}</title>`,
    `<desc id="${id}-d">${escapeXml(summaryOf(spec, frame, context))}</desc>`,
    `<rect width="${width}" height="${height}" fill="${style.panel}"/>`,
    ...parts,
    "</svg>",
  ].join("\n");
}
