import { severityRank } from "@ioc/contracts/severity";
import type { Severity, StationItem } from "@ioc/contracts";
import { themes } from "@ioc/charts/tokens";
import type { Theme } from "@ioc/charts/tokens";
import { pathOf, project } from "./projection.ts";
import type { Projection } from "./projection.ts";

interface Feature {
  geometry: { type: string; coordinates: unknown };
  properties: Record<string, unknown>;
}

interface Props {
  label: string;
  theme: Theme;
  width: number;
  height: number;
  /** [south, west, north, east]. */
  box: readonly [number, number, number, number];
  shapes: readonly Feature[];
  rivers: readonly Feature[];
  stations: readonly Pick<StationItem, "id" | "lat" | "lon" | "status">[];
}

/** Shapes of the marks, so that severity is not told by colour alone: circle, square, triangle, diamond. */
const marks: Record<Severity, string> = {
  Minor: "M0-5.5a5.5 5.5 0 1 0 .01 0z",
  Moderate: "M-5-5h10v10h-10z",
  Severe: "M0-8L8 6H-8z",
  Extreme: "M0-9L9 0 0 9-9 0z",
};

/**
 * The city as a picture: units, rivers, all stations as small grey dots and those with alerts as severity marks. It stands
 * where a browser has no script or no WebGL, and before the interactive map is asked for.
 */
export function CityMapSvg({ label, theme, width, height, box, shapes, rivers, stations }: Props) {
  const { colors, severity, seq } = themes[theme];
  const projection: Projection = project(box, { width, height });
  const shown = stations.filter((station) => projection.inside(station.lon, station.lat));
  const alerted = shown
    .filter((station) => station.status.severity !== null)
    .toSorted((a, b) => severityRank(a.status.severity) - severityRank(b.status.severity));
  const quiet = shown.filter((station) => station.status.severity === null);
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{label}</title>
      <rect width={width} height={height} fill={colors.raised} />
      <path
        d={shapes
          .filter((feature) => feature.properties["offshore"] !== true)
          .map((feature) => pathOf(feature.geometry, projection, true))
          .join("")}
        fill={colors.panel === colors.bg ? "#FFFFFF" : colors.panel}
        stroke={colors.line}
        strokeWidth={0.75}
        strokeLinejoin="round"
      />
      <path
        d={rivers.map((feature) => pathOf(feature.geometry, projection, false)).join("")}
        fill="none"
        stroke={seq[1].fill}
        strokeWidth={1.5}
        strokeLinecap="round"
      />
      <path
        d={quiet.map((station) => `M${projection.point(station.lon, station.lat).join(" ")}h0`).join("")}
        stroke={colors["text-3"]}
        strokeWidth={3.5}
        strokeLinecap="round"
      />
      {alerted.map((station) => {
        const worst = station.status.severity ?? "Minor";
        const swatch = severity[worst];
        return (
          <path
            key={station.id}
            transform={`translate(${projection.point(station.lon, station.lat).join(" ")})`}
            d={marks[worst]}
            fill={swatch.fill}
            stroke={theme === "light" ? "#16191C" : colors["text-1"]}
            strokeWidth={1.5}
          />
        );
      })}
    </svg>
  );
}
