type Position = readonly [number, number];

interface Shapes {
  features: readonly Record<string, unknown>[];
}

/** Rings of all polygons of the areas, [longitude, latitude]. */
export function landOf(shapes: Shapes): readonly (readonly Position[])[] {
  return shapes.features.flatMap((feature) => {
    const geometry = feature["geometry"] as { coordinates?: unknown } | null | undefined;
    return ringsOf(geometry?.coordinates);
  });
}

/** The lists of positions inside coordinates of any depth. */
function ringsOf(coordinates: unknown): Position[][] {
  if (!Array.isArray(coordinates) || coordinates.length === 0) return [];
  const [first] = coordinates as unknown[];
  if (Array.isArray(first) && typeof first[0] === "number") return [coordinates as Position[]];
  return (coordinates as unknown[]).flatMap(ringsOf);
}
