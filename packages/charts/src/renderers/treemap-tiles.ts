import type { Style } from "../context.ts";
import { formatNumber } from "../format.ts";
import type { Rect } from "../plot.ts";
import { textWidth, wrapText } from "../text.ts";
import { words } from "../words.ts";
import type { Drawing } from "./shared.ts";
import { squarify } from "./treemap-layout.ts";

/** A part of the whole with its value. */
export interface Part {
  id: string;
  name: string;
  group: string | null;
  value: number;
}

/** A part, or what was put together as "others", at its place. */
export interface Tile {
  name: string;
  value: number;
  /** Place of the group in the order of groups; null for the others. */
  group: number | null;
  members: readonly Part[];
  area: Rect;
}

/** A group of tiles. */
export interface Group {
  name: string;
  value: number;
  index: number | null;
  area: Rect;
  /** Name of the group over its parts; empty when there is one part or no group. */
  head: string;
}

export interface Layout {
  groups: Group[];
  tiles: Tile[];
}

/** Share that may be put together; with more of it a ranking says more. */
const mostOthers = 0.25;

/** The layout with the most tiles that can all be labelled; null when too much would be left without a name. */
export function labelled(parts: readonly Part[], drawing: Drawing, style: Style, rect: Rect): Layout | null {
  if (parts.length === 0) return null;
  const sum = parts.reduce((all, part) => all + part.value, 0);
  for (let count = Math.min(parts.length, 80); count >= 1; count--) {
    const named = parts.slice(0, count).reduce((all, part) => all + part.value, 0);
    if (named < sum * (1 - mostOthers)) return null;
    const layout = layoutOf(parts.slice(0, count), parts.slice(count), drawing, style, rect);
    const fits = layout.tiles.every((tile) => tile.group === null || labelLines(tile, "", drawing, style) !== null);
    if (fits && layout.groups.every((group) => group.head !== "…")) return layout;
  }
  return null;
}

function layoutOf(shown: readonly Part[], rest: readonly Part[], drawing: Drawing, style: Style, rect: Rect): Layout {
  const byGroup = [...Map.groupBy(shown, (part) => part.group)]
    .map(([name, members]) => ({ name, members, value: members.reduce((all, part) => all + part.value, 0) }))
    .sort((a, b) => b.value - a.value);
  const nested = byGroup.length > 1;
  const more =
    rest.length === 1
      ? rest[0]!.name
      : words(drawing.context.lang).more(formatNumber(rest.length, drawing.context.lang));
  const blocks = [
    ...byGroup.map((group, index) => ({ ...group, index: index as number | null })),
    ...(rest.length === 0
      ? []
      : [{ name: null, members: rest, value: rest.reduce((all, part) => all + part.value, 0), index: null }]),
  ];
  const order = blocks.toSorted((a, b) => b.value - a.value);
  const areas = squarify(
    order.map((block) => block.value),
    rect,
  );
  const groups: Group[] = [];
  const tiles: Tile[] = [];
  for (const [at, block] of order.entries()) {
    const area = inset(areas[at]!, nested ? 2 : 0);
    if (block.index === null) {
      groups.push({ name: more, value: block.value, index: null, area, head: "" });
      tiles.push({ name: more, value: block.value, group: null, members: block.members, area: inset(area, 1) });
      continue;
    }
    const headed =
      nested && block.name !== null && !(block.members.length === 1 && block.members[0]!.name === block.name);
    const bar = headed ? style.line * 1.15 : 0;
    const head = headed ? headText(block.name!, block.value, area.width - 8, drawing, style) : "";
    groups.push({ name: block.name ?? "", value: block.value, index: block.index, area, head });
    const inner = { ...area, top: area.top + bar, height: Math.max(1, area.height - bar) };
    const places = squarify(
      block.members.map((part) => part.value),
      inner,
    );
    for (const [index, part] of block.members.entries())
      tiles.push({
        name: part.name,
        value: part.value,
        group: nested ? block.index : 0,
        members: [part],
        area: inset(places[index]!, 1),
      });
  }
  return { groups, tiles };
}

/** Name of a group with its sum, or without it; `…` where not even the name fits. */
function headText(name: string, value: number, room: number, { reading, context }: Drawing, style: Style): string {
  const number = formatNumber(value, context.lang, reading.series[0]!.decimals);
  return [`${name}: ${number}`, name].find((text) => textWidth(text, style.size, 600) <= room) ?? "…";
}

function inset(area: Rect, by: number): Rect {
  return {
    left: area.left + by,
    top: area.top + by,
    width: Math.max(0.5, area.width - 2 * by),
    height: Math.max(0.5, area.height - 2 * by),
  };
}

/** Lines of a tile: the name, whole, and the value; null when they do not fit. */
export function labelLines(tile: Tile, share: string, { reading, context }: Drawing, style: Style): string[] | null {
  const number = formatNumber(tile.value, context.lang, reading.series[0]!.decimals);
  const width = tile.area.width - style.size * 0.8;
  const room = Math.floor((tile.area.height - style.size * 0.3) / (style.line * 0.95));
  const long = share === "" ? number : `${number} (${share})`;
  const value = textWidth(long, style.size, 600) <= width ? long : number;
  if (room < 1 || textWidth(value, style.size, 600) > width) return null;
  const one = `${tile.name} ${value}`;
  if (room === 1) return textWidth(one, style.size, 600) <= width ? [one] : null;
  const name = wrapText(tile.name, style.size, width, Math.min(4, room - 1));
  const whole = name.every((line) => !line.endsWith("…") && textWidth(line, style.size) <= width);
  return whole ? [...name, value] : null;
}
