import type { ReactNode } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { incidentsQuery } from "../../data/index.ts";

/** Way from an alert to its incident, where the other alerts are and who was told. */
export function AlertIncident({ alert, link }: { alert: string; link: (id: string, text: string) => ReactNode }) {
  const { t } = useTranslation("alerts");
  const [incident] = useQuery(incidentsQuery({ state: "all", alert })).data?.items ?? [];
  return incident ? <p>{link(incident.id, t("toIncident"))}</p> : null;
}
