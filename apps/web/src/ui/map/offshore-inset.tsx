import { useMemo } from "react";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import type { Area } from "@ioc/contracts";
import type { Severity } from "@ioc/contracts/severity";
import { areaLabel } from "../controls/area-label.ts";
import { SeverityBadge } from "../controls/severity-badge.tsx";
import { useLang } from "../../texts/index.ts";
import type { LooseCollection } from "./base-data.ts";
import styles from "./map-view.module.css";

interface Props {
  area: Area;
  shapes: LooseCollection;
  severity: Severity | null;
}

const width = 88;
const height = 44;

/** Frame of a unit that lies far out at sea, always on the map with its full name. */
export function OffshoreInset({ area, shapes, severity }: Props) {
  const lang = useLang();
  const path = useMemo(() => outline(area, shapes), [area, shapes]);
  return (
    <div className={styles.inset}>
      {path ? (
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden className={styles.insetShape}>
          <path d={path} />
        </svg>
      ) : null}
      <span className={styles.insetName}>
        {severity ? <SeverityBadge severity={severity} size={20} /> : null}
        {areaLabel(area, lang)}
      </span>
    </div>
  );
}

/** The unit's shape fitted into the frame; small islands are drawn at least as a dot. */
function outline(area: Area, shapes: LooseCollection): string | null {
  const feature = (shapes.features as unknown as Feature[]).find((one) => String(one.id) === area.id);
  if (!feature) return null;
  const geometry = feature.geometry as Polygon | MultiPolygon;
  const rings = geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
  const points = rings.flat();
  const lons = points.map(([lon = 0]) => lon);
  const lats = points.map(([, lat = 0]) => lat);
  const west = Math.min(...lons);
  const north = Math.max(...lats);
  const span = Math.max((Math.max(...lons) - west) / width, (north - Math.min(...lats)) / height) || 1;
  const x = (lon: number) => ((lon - west) / span).toFixed(1);
  const y = (lat: number) => ((north - lat) / span).toFixed(1);
  return rings
    .map(
      (ring) => ring.map(([lon = 0, lat = 0], index) => `${index === 0 ? "M" : "L"}${x(lon)} ${y(lat)}`).join("") + "Z",
    )
    .join("");
}
