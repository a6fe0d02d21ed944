import { cellName, type Reading } from "../columns.ts";
import { seriesStyle, styleOf, type ChartPlan, type Style } from "../context.ts";
import { formatNumber, formatShare, formatValue } from "../format.ts";
import { box, canvas, polygon, round, text, type Shape } from "../plot.ts";
import { fitText, shortNames, textWidth, wrapText } from "../text.ts";
import { words } from "../words.ts";
import { message } from "./message.ts";
import { ranking } from "./ranking.ts";
import { networkOf, placeNodes, type Flow, type Link, type Network, type Node, type Place } from "./sankey-layout.ts";
import { extremes, valueText, withoutLimits, type Drawing } from "./shared.ts";

/** Most links that can be followed with the eye. */
const mostLinks = 25;

interface Layout {
  network: Network;
  places: Map<Node, Place>;
  /** Left end of the nodes of each level, and their thickness, px. */
  lefts: number[];
  bar: number;
  labels: Map<Node, string[]>;
}

/**
 * Flows from the left to the right, each as broad as its value; every end carries its name and value. Where the ends cannot
 * all be labelled the smaller ones are put together; where even that does not help, flows are ranked.
 */
export function sankey(drawing: Drawing): ChartPlan {
  const { reading, context } = drawing;
  if (!reading.flows || !reading.x || !reading.y || !extremes(reading.series, false)) return message(drawing);
  const style = styleOf(context);
  const flows = flowsOf(drawing);
  const layout = flows.length === 0 ? null : layoutOf(flows, drawing, style);
  if (!layout) return ranking(withoutLimits(asRanking(drawing)));
  const { network, places } = layout;
  const sum = flows.reduce((all, flow) => all + flow.value, 0);
  const of = reading.series[0]!;
  const ribbons = ribbonsOf(layout);
  return {
    option: canvas([
      ...ribbons.map(({ link, points }) =>
        polygon(points, colorOf(link, network, style), { z: 2, opacity: style.tokens.scheme === "light" ? 0.42 : 0.5 }),
      ),
      ...network.nodes.flatMap((node) => nodeShapes(node, layout, places.get(node)!, style)),
    ]),
    pointing: "place",
    points: () =>
      ribbons.map(({ link, middle }) => ({
        x: round(middle[0]),
        y: round(middle[1]),
        series: 0,
        label: `${nameOf(link.source, drawing)} → ${nameOf(link.target, drawing)}`,
        value: valueText(link.value, of, drawing),
        name: "",
        note: network.levels === 2 ? formatShare(link.value / sum, context.lang) : "",
      })),
  };
}

/** Flows with a value, those between the same two ends together, the largest first. */
function flowsOf({ reading }: Drawing): Flow[] {
  const flows = new Map<string, Flow>();
  for (const { x, y, value } of reading.series.flatMap((series) => series.data)) {
    if (value === null || value <= 0 || y === null) continue;
    const key = `${x}\n${y}`;
    flows.set(key, { from: String(x), to: String(y), value: (flows.get(key)?.value ?? 0) + value });
  }
  return [...flows.values()].sort((a, b) => b.value - a.value);
}

/** The same frame as a ranking of its flows. */
function asRanking(drawing: Drawing): Drawing {
  const { reading, context } = drawing;
  const series = reading.series[0]!;
  const end = (id: string | number | null, at: Reading["x"]): string => cellName(id, at!, context.lang, context.nameOf);
  const data = series.data.map((datum) => ({ ...datum, x: `${end(datum.x, reading.x)} → ${end(datum.y, reading.y)}` }));
  const x = { ...reading.x!, type: "text" as const };
  return { ...drawing, reading: { ...reading, x, y: null, series: [{ ...series, data }] } };
}

function nameOf(node: Node, { reading, context }: Drawing): string {
  if (node.id === null) return words(context.lang).more(formatNumber(node.count, context.lang));
  const at = node.level === 0 ? reading.x! : reading.y!;
  const name = cellName(node.id, at, context.lang, context.nameOf);
  return name === node.id ? cellName(node.id, reading.x!, context.lang, context.nameOf) : name;
}

/** As many nodes on a level as can be labelled, with at most 25 links; null when not even three can. */
function layoutOf(flows: readonly Flow[], drawing: Drawing, style: Style): Layout | null {
  const { context } = drawing;
  const bar = style.size * 0.9;
  const widest = networkOf(flows, Number.POSITIVE_INFINITY);
  const em = context.width / style.size;
  if (widest.levels > (em < 36 ? 2 : em < 60 ? 3 : 5)) return null;
  const most = context.width * (widest.levels === 2 ? 0.34 : 0.25);
  const pad = style.size * 0.5;
  const gap = style.size * 0.5;
  const room = { top: 2, height: context.height - 4 };
  for (let count = 20; count >= 3; count--) {
    const network = networkOf(flows, count);
    if (network.links.length > mostLinks && count > 3) continue;
    const last = network.levels - 1;
    const ends = [0, last].map((level) => labelsOf(network, level, most - pad, drawing, style));
    const [left, right] = ends.map(
      (labels) => Math.max(...[...labels.values()].map((lines) => widthOf(lines, style))) + pad,
    ) as [number, number];
    const step = (context.width - left - right - bar) / last;
    const inner = Array.from({ length: Math.max(0, last - 1) }, (_, index) =>
      labelsOf(network, index + 1, step - bar - 2 * pad, drawing, style),
    );
    const labels = new Map([...ends, ...inner].flatMap((each) => [...each]));
    const places = placeNodes(network, (node) => labels.get(node)!.length * style.line * 0.92, room, gap);
    if (places)
      return {
        network,
        places,
        labels,
        bar,
        lefts: Array.from({ length: last + 1 }, (_, level) => left + step * level),
      };
  }
  return null;
}

function widthOf(lines: readonly string[], style: Style): number {
  return Math.max(...lines.map((line, index) => textWidth(line, style.size, index === lines.length - 1 ? 600 : 400)));
}

/** Labels of the nodes of a level: names lose what they share where they would be cut off. */
function labelsOf(network: Network, level: number, width: number, drawing: Drawing, style: Style): Map<Node, string[]> {
  const nodes = network.nodes.filter((node) => node.level === level);
  const names = nodes.map((node) => nameOf(node, drawing));
  const cut = names.some((name) => wrapText(name, style.size, width, 2).some((line) => line.endsWith("…")));
  const named = nodes.flatMap((node, index) => (node.id === null ? [] : [names[index]!]));
  const short = new Map(named.map((name, index) => [name, cut ? shortNames(named, style.size, 0)[index]! : name]));
  return new Map(
    nodes.map((node, index) => [node, labelOf(node, short.get(names[index]!) ?? names[index]!, width, drawing, style)]),
  );
}

/** The name in up to four lines and the value under it, with its unit where that fits. */
function labelOf(node: Node, name: string, width: number, drawing: Drawing, style: Style): string[] {
  const { reading, context } = drawing;
  const of = reading.series[0]!;
  const long = formatValue(node.value, of.unit, of.decimals, context.lang);
  const value = textWidth(long, style.size, 600) <= width ? long : formatNumber(node.value, context.lang, of.decimals);
  return [...wrapText(name, style.size, width, 4), fitText(value, style.size, width, 600)];
}

function colorOf(link: Link, { nodes }: Network, style: Style): string {
  return nodeColor(link.source, nodes, style);
}

/** The first six ends on the left have colours of their own; all others are grey. */
function nodeColor(node: Node, nodes: readonly Node[], style: Style): string {
  const order = nodes.filter((each) => each.level === 0 && each.id !== null).sort((a, b) => b.value - a.value);
  const index = order.indexOf(node);
  if (index >= 0 && index < 6) return seriesStyle(style, index).color;
  return node.level === 0 ? style.text3 : style.control;
}

function nodeShapes(node: Node, layout: Layout, place: Place, style: Style): Shape[] {
  const { network, lefts, bar, labels } = layout;
  const left = lefts[node.level]!;
  const lines = labels.get(node)!;
  const step = style.line * 0.92;
  const first = place.top + place.height / 2 - ((lines.length - 1) * step) / 2;
  const before = node.level === 0;
  const x = before ? left - style.size * 0.5 : left + bar + style.size * 0.5;
  const inside = !before && node.level < network.levels - 1;
  return [
    box({ left, top: place.top, width: bar, height: place.height }, nodeColor(node, network.nodes, style), { z: 4 }),
    ...lines.map((line, index) =>
      text(style, x, first + index * step, line, {
        align: before ? "right" : "left",
        fill: index === lines.length - 1 ? style.text1 : style.text2,
        weight: index === lines.length - 1 ? 600 : 400,
        ...(inside ? { halo: style.panel } : {}),
      }),
    ),
  ];
}

interface Ribbon {
  link: Link;
  points: [number, number][];
  middle: [number, number];
}

/** Bands between the nodes, stacked at each end in the order of the other ends; broad ones are drawn first. */
function ribbonsOf({ network, places, lefts, bar }: Layout): Ribbon[] {
  const middleOf = (node: Node): number => places.get(node)!.top + places.get(node)!.height / 2;
  const scaleOf = (node: Node): number => places.get(node)!.height / node.value;
  const starts = offsets(network, "source", (link) => middleOf(link.target));
  const ends = offsets(network, "target", (link) => middleOf(link.source));
  return network.links.map((link) => {
    const [x1, x2] = [lefts[link.source.level]! + bar, lefts[link.target.level]!];
    const [high1, high2] = [link.value * scaleOf(link.source), link.value * scaleOf(link.target)];
    const y1 = places.get(link.source)!.top + starts.get(link)! * scaleOf(link.source);
    const y2 = places.get(link.target)!.top + ends.get(link)! * scaleOf(link.target);
    const upper = curve([x1, y1], [x2, y2]);
    const lower = curve([x1, y1 + high1], [x2, y2 + high2]);
    return {
      link,
      points: [...upper, ...lower.toReversed()],
      middle: [(x1 + x2) / 2, (y1 + y2 + (high1 + high2) / 2) / 2],
    };
  });
}

/** What lies before each link at its end, in values. */
function offsets(network: Network, end: "source" | "target", place: (link: Link) => number): Map<Link, number> {
  const result = new Map<Link, number>();
  for (const links of Map.groupBy(network.links, (link) => link[end]).values()) {
    let sum = 0;
    for (const link of links.toSorted((a, b) => place(a) - place(b))) {
      result.set(link, sum);
      sum += link.value;
    }
  }
  return result;
}

/** An S from left to right as points: a cubic that leaves and arrives level. */
function curve([x1, y1]: [number, number], [x2, y2]: [number, number]): [number, number][] {
  const count = 24;
  return Array.from({ length: count + 1 }, (_, index) => {
    const t = index / count;
    const bend = t * t * (3 - 2 * t);
    return [x1 + (x2 - x1) * t, y1 + (y2 - y1) * bend];
  });
}
