import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "./request.ts";

/** Administrative units of a scheme; of the scheme in use when none is named. */
export const areasQuery = (scheme?: string) =>
  queryOptions({
    queryKey: ["areas", scheme ?? null],
    queryFn: ({ signal }) => apiGet<"listAreas">("/areas", { scheme, limit: 5000 }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Shapes of the units as GeoJSON. */
export const areaShapesQuery = (scheme?: string) =>
  queryOptions({
    queryKey: ["area-shapes", scheme ?? null],
    queryFn: ({ signal }) => apiGet<"getAreaShapes">("/areas/shapes", { scheme }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
