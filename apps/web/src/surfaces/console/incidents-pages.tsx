import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { IncidentPage, IncidentsPage, NotificationsPage } from "../../features/incidents/index.ts";
import { Icon } from "../../ui/icons/index.ts";

const incidentLink = (incidentId: string, text: string) => (
  <Link to="/console/incidents/$incidentId" params={{ incidentId }}>
    {text}
  </Link>
);
const alertLink = (alertId: string, text: string) => (
  <Link to="/console/alerts/$alertId" params={{ alertId }}>
    {text}
  </Link>
);

/** Incidents of the city. */
export function ConsoleIncidentsPage() {
  const { t } = useTranslation("incidents");
  return (
    <IncidentsPage
      link={incidentLink}
      notifications={<Link to="/console/notifications">{t("toNotifications")}</Link>}
    />
  );
}

/** One incident. */
export function ConsoleIncidentPage() {
  const { incidentId } = useParams({ from: "/console/incidents/$incidentId" });
  return <IncidentPage id={incidentId} back={<Back />} incidentLink={incidentLink} alertLink={alertLink} />;
}

/** What was told to whom. */
export function ConsoleNotificationsPage() {
  return <NotificationsPage back={<Back />} />;
}

function Back() {
  const { t } = useTranslation("incidents");
  return (
    <Link to="/console/incidents">
      <Icon name="chevron-left" size={16} /> {t("back")}
    </Link>
  );
}
