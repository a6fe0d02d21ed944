import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Alert } from "@ioc/contracts";
import { WarningPage, WarningsPage } from "../../features/warnings/index.ts";
import { Icon } from "../../ui/icons/index.ts";

const warningLink = (warningId: string, name: string) => (
  <Link to="/console/warnings/$warningId" params={{ warningId }} search={{}}>
    {name}
  </Link>
);

const alertLink = ({ id }: Alert, name: string) => (
  <Link to="/console/alerts/$alertId" params={{ alertId: id }} search={{}}>
    {name}
  </Link>
);

/** All warnings, and how they do. */
export function ConsoleWarningsPage() {
  return <WarningsPage warningLink={warningLink} />;
}

/** One warning. */
export function ConsoleWarningPage() {
  const { t } = useTranslation("warnings");
  const { warningId } = useParams({ from: "/console/warnings/$warningId" });
  return (
    <WarningPage
      key={warningId}
      id={warningId}
      back={
        <Link to="/console/warnings" search={{}}>
          <Icon name="chevron-left" size={16} /> {t("back")}
        </Link>
      }
      alertLink={alertLink}
    />
  );
}
