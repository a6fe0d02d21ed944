import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SuppressionsPage } from "../../features/suppressions/index.ts";
import { Icon } from "../../ui/icons/index.ts";

const alertLink = (alertId: string, text: string) => (
  <Link to="/console/alerts/$alertId" params={{ alertId }} search={{}}>
    {text}
  </Link>
);

/** What keeps alerts from being told. */
export function ConsoleSuppressionsPage() {
  const { t } = useTranslation("suppressions");
  return (
    <SuppressionsPage
      alertLink={alertLink}
      back={
        <Link to="/console" search={{}}>
          <Icon name="chevron-left" size={16} /> {t("back")}
        </Link>
      }
    />
  );
}
