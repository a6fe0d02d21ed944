import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { StatisticVersion } from "@ioc/contracts";
import { formatDateTime } from "@ioc/charts/time";
import { statisticVersionsQuery } from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Button, Dialog, ErrorState } from "../../../ui/controls/index.ts";
import styles from "./editor.module.css";

interface Props {
  id: string;
  /** Version in force. */
  current: number;
  /** Puts a version into the form; it is in force once it is saved. */
  onRestore: (version: StatisticVersion) => void;
  /** Something was saved here, so that it can be taken back. */
  custom: boolean;
  onTakeBack: () => void;
}

/** Versions that were saved in this installation, newest first. */
export function VersionsList({ id, current, onRestore, custom, onTakeBack }: Props) {
  const { t } = useTranslation("editor");
  const { t: common } = useTranslation();
  const lang = useLang();
  const query = useQuery(statisticVersionsQuery(id));
  const [asked, setAsked] = useState(false);
  const versions = query.data?.items ?? [];
  return (
    <section className={styles.versions} aria-labelledby="versions-title">
      <h2 id="versions-title">{t("versions")}</h2>
      {query.isError ? <ErrorState problem={query.error} retry={() => void query.refetch()} /> : null}
      {query.data && versions.length === 0 ? <p className={styles.hint}>{t("noVersions")}</p> : null}
      <ol>
        {versions.map((version) => (
          <li key={version.version}>
            <p>
              <strong>{t("versionNumber", { version: version.version })}</strong>
              {version.version === current ? ` · ${t("inForce")}` : ""}
              <span className={styles.hint}>
                {" "}
                {formatDateTime(version.at, lang)}
                {version.by === "" ? "" : ` · ${version.by}`}
              </span>
            </p>
            {version.note === "" ? null : <p>{version.note}</p>}
            {version.version === current ? null : (
              <Button aria-label={t("restoreVersion", { version: version.version })} onClick={() => onRestore(version)}>
                {t("restore")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {custom ? (
        <Button kind="quiet" onClick={() => setAsked(true)}>
          {t("takeBack")}
        </Button>
      ) : null}
      <Dialog open={asked} onClose={() => setAsked(false)} title={t("takeBackTitle")}>
        <div className={styles.dialog}>
          <p>{t("takeBackText")}</p>
          <div className={styles.buttons}>
            <Button data-first onClick={() => setAsked(false)}>
              {common("cancel")}
            </Button>
            <Button
              onClick={() => {
                setAsked(false);
                onTakeBack();
              }}
            >
              {t("takeBack")}
            </Button>
          </div>
        </div>
      </Dialog>
    </section>
  );
}
