import { isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import type { z } from "zod";
import type { Path, Place, Placed, Problems } from "./problems.ts";

/** Line of the key or item at a path; of the nearest parent when the path does not exist (a missing key). */
function lineAt(document: Document.Parsed, lines: LineCounter, path: Path): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (!isPair(pair)) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (!isNode(item)) break;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else break;
  }
  return lines.linePos(offset).line;
}

/**
 * Reads one YAML 1.2 document and checks it. Syntax errors and everything the schema objects to become problems; then the answer
 * is null.
 */
export function readYaml<T>(file: string, text: string, schema: z.ZodType<T>, problems: Problems): Placed<T> | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  for (const error of document.errors) {
    problems.addFile(file, `not valid YAML: ${error.message}`, "correct the syntax", lines.linePos(error.pos[0]).line);
  }
  if (document.errors.length > 0) return null;
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    problems.addFile(file, `not valid YAML: ${(error as Error).message}`, "write the repeated parts out");
    return null;
  }
  const place: Place = { file, path: [], lineOf: (path) => lineAt(document, lines, path) };
  const result = schema.safeParse(content);
  if (result.success) return { value: result.data, place };
  problems.addIssues(place, result.error.issues);
  return null;
}
