/** Metric atoms take a prefix. UCUM 2.2, the part that sensor networks use. */
const metric = new Set(
  (
    "m s g rad K C cd mol sr Hz N Pa J W A V F Ohm S Wb Cel T H lm lx Bq Gy Sv l L ar t bar u eV pc cal G P B Np kat " +
    "B[SPL] B[V] B[W] m[H2O] m[Hg] [iU] eq osm st Bd bit By"
  ).split(" "),
);
const plain = new Set(
  (
    "1 10* 10^ [pi] % [ppth] [ppm] [ppb] [pptr] deg ' '' gon min h d wk mo a atm [pH] [degF] [degR] [in_i] [ft_i] [yd_i] [mi_i] " +
    "[nmi_i] [kn_i] [acr_us] [gal_us] [lb_av] [psi] har [CFU] [MPN]"
  ).split(" "),
);
const prefixes = ["da", "Ki", "Mi", "Gi", "Ti", ..."YZEPTGMkhdcmunpfazy"];

function isAtom(text: string): boolean {
  if (plain.has(text) || metric.has(text)) return true;
  return prefixes.some((prefix) => text.startsWith(prefix) && metric.has(text.slice(prefix.length)));
}

function isComponent(text: string): boolean {
  const bare = text.replace(/\{[!-z|~]*\}$/, "");
  if (bare === "") return text !== "";
  if (/^[1-9]\d*$/.test(bare)) return true;
  if (isAtom(bare)) return true;
  const exponent = /^(.*?)([+-]?[1-9]\d*)$/.exec(bare);
  return exponent !== null && isAtom(exponent[1] ?? "");
}

/** Splits at `.` and `/` that stand outside brackets; null when brackets do not match. */
function components(text: string): string[] | null {
  const parts: string[] = [];
  const open: string[] = [];
  let part = "";
  for (const char of text) {
    if (open.at(-1) !== "{" && (char === "(" || char === "[" || char === "{")) open.push(char);
    else if (char === "}" || (open.at(-1) !== "{" && (char === ")" || char === "]"))) {
      const wanted = char === "}" ? "{" : char === ")" ? "(" : "[";
      if (open.pop() !== wanted) return null;
    } else if (open.length === 0 && (char === "." || char === "/")) {
      parts.push(part);
      part = "";
      continue;
    }
    part += char;
  }
  return open.length === 0 ? [...parts, part] : null;
}

/**
 * Whether a text is a plausible case-sensitive UCUM code: known atoms and prefixes, exponents, `.` and `/`, parentheses and
 * annotations in braces. Grammar and atoms: UCUM, Gunther Schadow and Clement McDonald, section 2.
 */
export function isUcum(code: string): boolean {
  const body = code.startsWith("/") ? code.slice(1) : code;
  const parts = components(body);
  if (parts === null) return false;
  return parts.every((part) =>
    part.startsWith("(") && part.endsWith(")") ? isUcum(part.slice(1, -1)) : isComponent(part),
  );
}
