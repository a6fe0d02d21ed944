export interface CsvRow {
  /** 1-based line of the file on which the row starts. */
  line: number;
  cells: string[];
}

/**
 * Rows of an RFC 4180 text: comma, quotes doubled inside quotes, CRLF or LF. Empty lines and lines that start with `#` are left
 * out. `unclosed` is the line of a quote that never ends, else null.
 */
export function parseCsv(text: string): { rows: CsvRow[]; unclosed: number | null } {
  const rows: CsvRow[] = [];
  const source = text.startsWith("\uFEFF") ? text.slice(1) : text;
  let at = 0;
  let line = 1;
  while (at < source.length) {
    const end = source.indexOf("\n", at);
    const first = source.slice(at, end < 0 ? source.length : end).trim();
    if (first === "" || first.startsWith("#")) {
      at = end < 0 ? source.length : end + 1;
      line += 1;
      continue;
    }
    const row = readRow(source, at);
    if (row.unclosed) return { rows, unclosed: line };
    rows.push({ line, cells: row.cells });
    line += row.lines;
    at = row.end;
  }
  return { rows, unclosed: null };
}

function readRow(source: string, start: number): { cells: string[]; end: number; lines: number; unclosed: boolean } {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  let lines = 1;
  for (let at = start; at < source.length; at += 1) {
    const char = source[at];
    if (quoted) {
      if (char !== '"') {
        if (char === "\n") lines += 1;
        cell += char;
      } else if (source[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === ",") {
      cells.push(cell);
      cell = "";
    } else if (char === "\n") {
      cells.push(cell.replace(/\r$/, ""));
      return { cells, end: at + 1, lines, unclosed: false };
    } else cell += char;
  }
  cells.push(cell.replace(/\r$/, ""));
  return { cells, end: source.length, lines, unclosed: quoted };
}
