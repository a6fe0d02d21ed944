export { AlertIncident } from "./alert-incident.tsx";
export { IncidentPage } from "./incident-page.tsx";
export { IncidentsPage } from "./incidents-page.tsx";
export { NoticeAnnouncer } from "./notice-announcer.tsx";
export { NotificationsPage } from "./notifications-page.tsx";
