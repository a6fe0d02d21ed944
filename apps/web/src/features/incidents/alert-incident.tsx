import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { incidentsQuery } from "../../data/index.ts";

/** Way from an alert to its incident, when there are other alerts in it. */
export function AlertIncident({ alert, link }: { alert: string; link: (id: string, text: string) => ReactNode }) {
  const { t } = useTranslation("alerts");
  const [incident] = useQuery(incidentsQuery({ state: "all", alert })).data?.items ?? [];
  if (!incident || incident.members < 2) return null;
  return <p>{link(incident.id, t("toIncident", { count: incident.members }))}</p>;
}
