/** Placeholder until the map feature is there. */
export function WallMap() {
  return null;
}
