import { lightOutline, severityStyles, themes } from "@ioc/charts/tokens";
import type { Theme } from "@ioc/charts/tokens";
import { severities } from "@ioc/contracts/severity";
import type { Severity } from "@ioc/contracts/severity";
import type { StationState } from "@ioc/contracts";
import { kindGlyph, plantGlyphs } from "../icons/index.ts";
import { shapePath } from "../controls/severity-badge.tsx";
import { mapPalette } from "./palette.ts";

/** What a station's picture depends on. `rank` 0 = no open alert, 1…4 the severity. */
export interface StationLook {
  glyph: string;
  state: StationState;
  rank: number;
}

const prefix = "station";
const badgePrefix = "badge";

/** Name of the picture; the map asks for it by this name and gets it drawn. */
export function stationImageId({ glyph, state, rank }: StationLook): string {
  return `${prefix}|${glyph}|${state}|${rank}`;
}
/** Draws the picture that `id` names, or null when it names none. `plate` is the size of the plate in px. */
export function drawImage(id: string, theme: Theme, plate: number, pixelRatio: number): ImageData | null {
  const [type, first = "", state = "normal", rank = "0"] = id.split("|");
  if (type === prefix) {
    return drawOn(plate * 1.6, pixelRatio, (context) =>
      drawStation(context, theme, plate, { glyph: first, state: state as StationState, rank: Number(rank) }),
    );
  }
  const severity = severities[Number(first) - 1];
  if (type !== badgePrefix || !severity) return null;
  const size = plate * 0.75;
  return drawOn(size + 4, pixelRatio, (context) => drawBadge(context, theme, severity, 2, 2, size));
}

function drawOn(size: number, pixelRatio: number, draw: (context: CanvasRenderingContext2D) => void): ImageData | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(size * pixelRatio);
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.scale(pixelRatio, pixelRatio);
  context.lineJoin = context.lineCap = "round";
  draw(context);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function drawStation(context: CanvasRenderingContext2D, theme: Theme, plate: number, look: StationLook): void {
  const colors = mapPalette(theme);
  const size = plate * 1.6;
  const left = (size - plate) / 2;
  const hollow = look.state === "offline" || look.state === "unknown";
  const line = Math.max(1.5, plate / 16);
  context.save();
  context.beginPath();
  if (plantGlyphs.has(look.glyph))
    context.roundRect(left + line / 2, left + line / 2, plate - line, plate - line, plate / 6);
  else context.arc(size / 2, size / 2, plate / 2 - line / 2, 0, Math.PI * 2);
  context.globalAlpha = hollow ? 0.55 : 1;
  context.fillStyle = hollow ? colors.halo : colors.plate;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = line;
  context.strokeStyle = look.rank > 0 ? colors.text : colors.plateLine;
  if (look.state === "maintenance") context.setLineDash([plate / 8, plate / 8]);
  if (look.state === "unknown") context.setLineDash([1, plate / 8]);
  context.stroke();
  context.restore();
  drawGlyph(context, look, colors.glyph, left + plate * 0.18, plate * 0.64);
  if (look.state === "offline") slash(context, colors, size, plate);
  if (look.state === "late" || look.state === "stale") mark(context, colors, size, plate, "clock");
  if (look.state === "doubtful") mark(context, colors, size, plate, "question");
  const severity = severities[look.rank - 1];
  if (severity) {
    const badge = plate * 0.66;
    drawBadge(context, theme, severity, size - badge - 1, 1, badge);
  }
}

function drawGlyph(
  context: CanvasRenderingContext2D,
  look: StationLook,
  color: string,
  at: number,
  size: number,
): void {
  const glyph = kindGlyph(look.glyph);
  context.save();
  context.translate(at, at);
  context.scale(size / 24, size / 24);
  context.globalAlpha = look.state === "offline" || look.state === "unknown" ? 0.7 : 1;
  context.strokeStyle = context.fillStyle = color;
  context.lineWidth = 2;
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  if (glyph.fill) context.fill(new Path2D(glyph.fill));
  if (glyph.stroke) context.stroke(new Path2D(glyph.stroke));
  context.restore();
}

type Colors = ReturnType<typeof mapPalette>;

function slash(context: CanvasRenderingContext2D, colors: Colors, size: number, plate: number): void {
  const reach = plate * 0.34;
  const line = (width: number, color: string) => {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.beginPath();
    context.moveTo(size / 2 - reach, size / 2 - reach);
    context.lineTo(size / 2 + reach, size / 2 + reach);
    context.stroke();
  };
  line(plate / 6, colors.halo);
  line(plate / 12, colors.text);
}

/** A small clock or question mark at the lower right of the plate. */
function mark(
  context: CanvasRenderingContext2D,
  colors: Colors,
  size: number,
  plate: number,
  what: "clock" | "question",
): void {
  const radius = plate * 0.23;
  const center = size / 2 + plate * 0.36;
  context.beginPath();
  context.arc(center, center, radius, 0, Math.PI * 2);
  context.fillStyle = colors.halo;
  context.fill();
  context.lineWidth = plate / 20;
  context.strokeStyle = context.fillStyle = colors.text;
  context.stroke();
  if (what === "question") {
    context.font = `700 ${radius * 1.7}px "Inter Variable", sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText("?", center, center + radius * 0.12);
    return;
  }
  context.beginPath();
  context.moveTo(center, center - radius * 0.6);
  context.lineTo(center, center);
  context.lineTo(center + radius * 0.45, center);
  context.stroke();
}

function drawBadge(
  context: CanvasRenderingContext2D,
  theme: Theme,
  severity: Severity,
  x: number,
  y: number,
  size: number,
): void {
  const style = severityStyles[severity];
  const { fill, ink, outline } = themes[theme].severity[severity];
  const unit = size / 40;
  context.save();
  context.translate(x, y);
  context.scale(unit, unit);
  const path = new Path2D(shapePath(style.shape));
  context.lineWidth = (themes[theme].scheme === "light" ? lightOutline.width : style.outlineWidth + 1.5) / unit;
  context.strokeStyle =
    outline === null ? mapPalette(theme).halo : outline === "text-1" ? themes[theme].colors["text-1"] : outline;
  context.stroke(path);
  context.fillStyle = fill;
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, not an array
  context.fill(path);
  context.fillStyle = ink;
  if (size >= 24) {
    const width = style.bars * 4 + (style.bars - 1) * 3;
    const top = (style.shape === "triangle" ? 26 : 20) - 6.5;
    for (let bar = 0; bar < style.bars; bar++) context.fillRect(20 - width / 2 + bar * 7, top, 4, 13);
  }
  context.restore();
}
