/** A flow between two ends, with a positive value. */
export interface Flow {
  from: string;
  to: string;
  value: number;
}

/** An end of flows. `level` counts from the left. */
export interface Node {
  /** Key of the node: an end may stand on both sides of a drawing. */
  key: string;
  /** Id of the end; null for the smaller ones put together. */
  id: string | null;
  level: number;
  /** The larger of what comes in and what goes out. */
  value: number;
  /** How many ends it stands for. */
  count: number;
}

export interface Link {
  source: Node;
  target: Node;
  value: number;
  flows: readonly Flow[];
}

export interface Network {
  nodes: Node[];
  links: Link[];
  levels: number;
}

/**
 * Nodes by level and links between them. Ends stand as far left as their longest way from a source, last ends on the right.
 * Where flows go round in a circle every end stands on both sides. On each level the `most` largest stay, the rest become
 * one node.
 */
export function networkOf(flows: readonly Flow[], most: number): Network {
  const levels = levelsOf(flows);
  const sides =
    levels ?? new Map(flows.flatMap((flow) => [[`from ${flow.from}`, 0] as const, [`to ${flow.to}`, 1] as const]));
  const keyOf = (id: string, side: "from" | "to"): string => (levels ? id : `${side} ${id}`);
  const sums = new Map<string, { in: number; out: number; id: string }>();
  const sumOf = (id: string, side: "from" | "to"): { in: number; out: number } => {
    const key = keyOf(id, side);
    const known = sums.get(key) ?? { in: 0, out: 0, id };
    sums.set(key, known);
    return known;
  };
  for (const flow of flows) {
    sumOf(flow.from, "from").out += flow.value;
    sumOf(flow.to, "to").in += flow.value;
  }
  const nodes = new Map<string, Node>();
  const byLevel = Map.groupBy(sums, ([key]) => sides.get(key)!);
  for (const [level, entries] of byLevel) {
    const sorted = entries
      .map(([key, sum]) => ({ key, id: sum.id, value: Math.max(sum.in, sum.out) }))
      .sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
    const kept = sorted.length <= most ? sorted : sorted.slice(0, Math.max(1, most - 1));
    for (const { key, id, value } of kept) nodes.set(key, { key, id, level, value, count: 1 });
    const others = sorted.slice(kept.length);
    const value = others.reduce((all, each) => all + each.value, 0);
    const rest: Node = { key: `others ${level}`, id: null, level, value, count: others.length };
    for (const { key } of others) nodes.set(key, rest);
  }
  const links = new Map<string, Link>();
  for (const flow of flows) {
    const [source, target] = [nodes.get(keyOf(flow.from, "from"))!, nodes.get(keyOf(flow.to, "to"))!];
    const key = `${source.key}\n${target.key}`;
    const known = links.get(key);
    links.set(key, { source, target, value: (known?.value ?? 0) + flow.value, flows: [...(known?.flows ?? []), flow] });
  }
  const all = [...new Set(nodes.values())].sort((a, b) => a.level - b.level || rankOf(a) - rankOf(b));
  return {
    nodes: all,
    links: [...links.values()].sort((a, b) => b.value - a.value),
    levels: Math.max(...all.map((node) => node.level)) + 1,
  };
}

/** Largest first, what was put together last. */
function rankOf(node: Node): number {
  return node.id === null ? Number.POSITIVE_INFINITY : -node.value;
}

/** Level of every end; null where flows go round in a circle. */
function levelsOf(flows: readonly Flow[]): Map<string, number> | null {
  const ends = new Set(flows.flatMap((flow) => [flow.from, flow.to]));
  const levels = new Map([...ends].map((id) => [id, 0]));
  for (let round = 0; round <= ends.size; round++) {
    let moved = false;
    for (const { from, to } of flows) {
      if (levels.get(to)! > levels.get(from)!) continue;
      levels.set(to, levels.get(from)! + 1);
      moved = true;
    }
    if (!moved) {
      const last = Math.max(...levels.values());
      const sources = new Set(flows.map((flow) => flow.from));
      for (const id of ends) if (!sources.has(id)) levels.set(id, last);
      return levels;
    }
  }
  return null;
}

/** Where nodes stand: `top` and `height` of their bars, `slot` the room that bar and label take, px. */
export interface Place {
  top: number;
  height: number;
}

/**
 * Heights and places of the nodes: bars as their values, in slots that are never lower than their labels, in the order that
 * crosses least (means of the neighbours, four times). Null when the labels of a level do not fit.
 */
export function placeNodes(
  network: Network,
  labelHeight: (node: Node) => number,
  room: { top: number; height: number },
  gap: number,
): Map<Node, Place> | null {
  const columns = Array.from({ length: network.levels }, (_, level) =>
    network.nodes.filter((node) => node.level === level),
  );
  const needed = (column: readonly Node[], scale: number): number =>
    column.reduce((all, node) => all + Math.max(node.value * scale, labelHeight(node)), 0) + gap * (column.length - 1);
  if (columns.some((column) => needed(column, 0) > room.height)) return null;
  let [low, high] = [0, room.height / Math.max(...network.nodes.map((node) => node.value))];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (columns.every((column) => needed(column, middle) <= room.height)) low = middle;
    else high = middle;
  }
  const places = new Map<Node, Place>();
  const lay = (column: readonly Node[]): void => {
    const free = room.height - needed(column, low);
    const space = gap + (column.length > 1 ? Math.min(free / (column.length - 1), gap * 3) : 0);
    const used = needed(column, low) + (space - gap) * (column.length - 1);
    let at = room.top + (room.height - used) / 2;
    for (const node of column) {
      const height = Math.max(1, node.value * low);
      const slot = Math.max(height, labelHeight(node));
      places.set(node, { top: at + (slot - height) / 2, height });
      at += slot + space;
    }
  };
  for (const column of columns) lay(column);
  const middleOf = (node: Node): number => places.get(node)!.top + places.get(node)!.height / 2;
  const wish = (node: Node): number => {
    const own = network.links.filter((link) => link.source === node || link.target === node);
    const weight = own.reduce((all, link) => all + link.value, 0);
    return (
      own.reduce((all, link) => all + link.value * middleOf(link.source === node ? link.target : link.source), 0) /
      weight
    );
  };
  for (let round = 0; round < 4; round++)
    for (const column of round % 2 === 0 ? columns.slice(1) : columns.slice(0, -1).toReversed()) {
      const wishes = new Map(column.map((node) => [node, wish(node)]));
      column.sort((a, b) => Number(a.id === null) - Number(b.id === null) || wishes.get(a)! - wishes.get(b)!);
      lay(column);
    }
  return places;
}
