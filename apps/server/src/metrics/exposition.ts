/** Metric families and their two text forms: Prometheus 0.0.4 and OpenMetrics 1.0.0. */

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  labels?: Labels;
  value: number;
}

export interface HistogramSample {
  labels?: Labels;
  /** Upper bounds in rising order, without +Inf. */
  bounds: readonly number[];
  /** Observations of each bucket by itself; one more than `bounds`, the last is +Inf. */
  counts: ArrayLike<number>;
  sum: number;
}

interface Named {
  /** Without `_total`, `_info` and the like; ends in its unit where it has one (`_seconds`, `_bytes`). */
  name: string;
  help: string;
}

export type Family =
  | (Named & { type: "counter" | "gauge" | "info"; samples: readonly Sample[] })
  | (Named & { type: "histogram"; samples: readonly HistogramSample[] });

export type Exposition = "prometheus" | "openmetrics";

export const mediaTypes: Readonly<Record<Exposition, string>> = {
  prometheus: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/** Families without a sample are left out. */
export function exposition(families: Iterable<Family>, form: Exposition): string {
  const lines: string[] = [];
  for (const family of families) {
    if (family.samples.length === 0) continue;
    lines.push(...head(family, form));
    if (family.type === "histogram") for (const one of family.samples) lines.push(...histogramLines(family, one, form));
    else for (const one of family.samples) lines.push(line(sampleName(family), one.labels ?? {}, one.value));
  }
  if (form === "openmetrics") lines.push("# EOF");
  return `${lines.join("\n")}\n`;
}

/** OpenMetrics describes the family, the older format describes the sample's name and knows no `info`. */
function head(family: Family, form: Exposition): string[] {
  const open = form === "openmetrics";
  const name = open ? family.name : sampleName(family);
  const help = family.help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
  const unit = /_(seconds|bytes)$/.exec(family.name)?.[1];
  return [
    `# HELP ${name} ${open ? help.replaceAll('"', '\\"') : help}`,
    `# TYPE ${name} ${!open && family.type === "info" ? "gauge" : family.type}`,
    ...(open && unit ? [`# UNIT ${name} ${unit}`] : []),
  ];
}

function sampleName({ name, type }: Family): string {
  return type === "counter" ? `${name}_total` : type === "info" ? `${name}_info` : name;
}

function histogramLines({ name }: Named, sample: HistogramSample, form: Exposition): string[] {
  const labels = sample.labels ?? {};
  const lines: string[] = [];
  let count = 0;
  for (let i = 0; i <= sample.bounds.length; i++) {
    count += sample.counts[i] ?? 0;
    const bound = sample.bounds[i];
    const le = bound === undefined ? "+Inf" : form === "openmetrics" ? canonical(bound) : String(bound);
    lines.push(line(`${name}_bucket`, { ...labels, le }, count));
  }
  lines.push(line(`${name}_sum`, labels, sample.sum), line(`${name}_count`, labels, count));
  return lines;
}

/** OpenMetrics wants bounds as `1.0`, never `1`. */
function canonical(bound: number): string {
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(",")}}` : ""} ${numeral(value)}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function numeral(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? String(value) : value > 0 ? "+Inf" : "-Inf";
}
