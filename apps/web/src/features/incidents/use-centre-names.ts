import { useQuery } from "@tanstack/react-query";
import { centresQuery } from "../../data/index.ts";
import { useLang } from "../../texts/index.ts";

/** Names of operations centres; an unknown id comes back as it is. */
export function useCentreNames(): (id: string) => string {
  const lang = useLang();
  const names = new Map(useQuery(centresQuery()).data?.items.map((one) => [one.id, one.name[lang]]));
  return (id) => names.get(id) ?? id;
}
