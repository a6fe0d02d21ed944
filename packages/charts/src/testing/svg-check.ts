import { textWidth } from "../text.ts";

/** Where and why a text is not well-formed XML; null when it is. Enough of XML 1.0 for what we write: tags, attributes, entities. */
export function xmlProblem(text: string): string | null {
  const open: string[] = [];
  const token =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>|[^<]+|</g;
  for (const match of text.matchAll(token)) {
    const [whole, closing, name, attributes = "", empty] = match;
    if (whole === "<") return `stray < at ${match.index}: ${text.slice(match.index, match.index + 80)}`;
    const words = name === undefined ? (whole.startsWith("<!") ? "" : whole) : attributes;
    const bad = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i.exec(words);
    if (bad) return `stray & in ${words.slice(0, 80)}`;
    if (name === undefined) continue;
    const names = [...attributes.matchAll(/\s([\w:.-]+)=/g)].map((each) => each[1]);
    if (new Set(names).size !== names.length) return `attribute given twice in <${name}${attributes}>`;
    if (closing) {
      if (open.pop() !== name) return `</${name}> closes nothing at ${match.index}`;
    } else if (!empty) open.push(name);
  }
  return open.length > 0 ? `<${open.join("><")}> not closed` : null;
}

export interface TextBox {
  text: string;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Boxes of all texts of a card, in card px, by the widths of Inter without their reserve. */
export function textBoxes(svg: string): TextBox[] {
  const boxes: TextBox[] = [];
  const shift = [[0, 0]];
  for (const match of svg.matchAll(
    /<svg([^>]*)>|<\/svg>|<g transform="translate\((-?[\d.]+)[ ,](-?[\d.]+)\)"|<text([^>]*)>([\s\S]*?)<\/text>/g,
  )) {
    const [whole, svgAttributes, , , attributes, content] = match;
    if (svgAttributes !== undefined) {
      const [x, y] = [/ x="([\d.-]+)"/, / y="([\d.-]+)"/].map((each) => Number(each.exec(svgAttributes)?.[1] ?? 0));
      shift.push([x!, y!]);
    } else if (whole === "</svg>") shift.pop();
    else if (attributes !== undefined && content !== undefined) {
      const number = (name: string): number => Number(new RegExp(` ${name}="(-?[\\d.]+)"`).exec(attributes)?.[1] ?? 0);
      const text = content
        .replace(/<[^>]*>/g, "")
        .replaceAll("&amp;", "&")
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"');
      const size = number("font-size");
      const width = textWidth(text, size, number("font-weight") || 400) / 1.03;
      const anchor = / text-anchor="(\w+)"/.exec(attributes)?.[1] ?? "start";
      const [dx, dy] = shift.reduce(([a, b], [x, y]) => [a! + x!, b! + y!], [0, 0]) as [number, number];
      const left = dx + number("x") - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
      const base = dy + number("y");
      boxes.push({ text, left, right: left + width, top: base - size * 0.75, bottom: base + size * 0.02 });
    }
  }
  return boxes;
}

/** Pairs of texts that cover each other by more than a px. */
export function overlaps(boxes: readonly TextBox[]): string[] {
  return boxes.flatMap((a, index) =>
    boxes
      .slice(index + 1)
      .filter((b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      .map((b) => `${a.text} × ${b.text}`),
  );
}
