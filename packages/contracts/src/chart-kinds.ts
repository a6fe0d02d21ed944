/** Every chart that a definition may name, in the order of a list. Free of schemas: the browser imports it. */
export const chartKinds = [
  "sparkline-kpi",
  "gauge",
  "bullet",
  "line",
  "area",
  "bar",
  "stacked-bar",
  "histogram",
  "boxplot",
  "heatmap",
  "calendar",
  "choropleth",
  "point-map",
  "wind-rose",
  "radar",
  "sankey",
  "treemap",
  "table",
] as const;
export type ChartKind = (typeof chartKinds)[number];
