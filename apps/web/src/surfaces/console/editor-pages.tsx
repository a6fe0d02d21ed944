import { useCallback, useRef } from "react";
import { Link, useBlocker, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EditorPage } from "../../features/statistics/editor/index.ts";
import { Button, Dialog } from "../../ui/controls/index.ts";
import { Icon } from "../../ui/icons/index.ts";
import styles from "./statistics.module.css";

/** Asks before a page is left that would lose something. */
function useLeaveGuard() {
  const { t } = useTranslation("editor");
  const dirty = useRef(false);
  const onDirty = useCallback((is: boolean) => {
    dirty.current = is;
  }, []);
  const blocker = useBlocker({
    shouldBlockFn: () => dirty.current,
    enableBeforeUnload: () => dirty.current,
    withResolver: true,
  });
  const dialog = (
    <Dialog open={blocker.status === "blocked"} onClose={() => blocker.reset?.()} title={t("leave.title")}>
      <p>{t("leave.text")}</p>
      <div className={styles.answers}>
        <Button data-first onClick={() => blocker.reset?.()}>
          {t("leave.stay")}
        </Button>
        <Button onClick={() => blocker.proceed?.()}>{t("leave.go")}</Button>
      </div>
    </Dialog>
  );
  return { onDirty, dialog };
}

/** Where the editor leads to when something was saved, or nothing is left. */
function useAfterSave() {
  const navigate = useNavigate();
  return (id: string | null) =>
    void (id === null
      ? navigate({ to: "/console/statistics", search: {} })
      : navigate({ to: "/console/statistics/$statisticId", params: { statisticId: id }, search: {} }));
}

/** A definition that exists. */
export function ConsoleEditorPage() {
  const { t } = useTranslation("editor");
  const { statisticId } = useParams({ from: "/console/statistics/$statisticId/edit" });
  const { onDirty, dialog } = useLeaveGuard();
  return (
    <>
      <EditorPage
        key={statisticId}
        id={statisticId}
        onDirty={onDirty}
        onSaved={useAfterSave()}
        back={
          <Link to="/console/statistics/$statisticId" params={{ statisticId }} search={{}}>
            <Icon name="chevron-left" size={16} /> {t("backToStatistic")}
          </Link>
        }
      />
      {dialog}
    </>
  );
}

/** A new definition: empty, or a copy of the one that the address names. */
export function ConsoleNewStatisticPage() {
  const { t } = useTranslation("statistics");
  const { from } = useSearch({ from: "/console/statistics/new" });
  const { onDirty, dialog } = useLeaveGuard();
  return (
    <>
      <EditorPage
        key={from ?? ""}
        id={null}
        from={from}
        onDirty={onDirty}
        onSaved={useAfterSave()}
        back={
          <Link to="/console/statistics" search={{}}>
            <Icon name="chevron-left" size={16} /> {t("back")}
          </Link>
        }
      />
      {dialog}
    </>
  );
}
