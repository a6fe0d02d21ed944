import { useCallback } from "react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DrillPage, DrillsPage } from "../../features/drills/index.ts";
import { Icon } from "../../ui/icons/index.ts";

const drillLink = (drillId: string, text: string) => (
  <Link to="/console/drills/$drillId" params={{ drillId }}>
    {text}
  </Link>
);

/** Scenarios to play and the drills there were. */
export function ConsoleDrillsPage() {
  const navigate = useNavigate();
  const open = useCallback(
    (drillId: string) => void navigate({ to: "/console/drills/$drillId", params: { drillId } }),
    [navigate],
  );
  return <DrillsPage link={drillLink} onStarted={open} />;
}

/** One drill. */
export function ConsoleDrillPage() {
  const { t } = useTranslation("drills");
  const { drillId } = useParams({ from: "/console/drills/$drillId" });
  return (
    <DrillPage
      id={drillId}
      back={
        <Link to="/console/drills">
          <Icon name="chevron-left" size={16} /> {t("back")}
        </Link>
      }
    />
  );
}
