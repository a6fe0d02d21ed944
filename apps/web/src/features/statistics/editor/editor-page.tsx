import { useEffect, useMemo, useState } from "react";
import type { ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Grouping, StatisticItem } from "@ioc/contracts";
import {
  cityQuery,
  operatorsQuery,
  saveStatistic,
  statisticQuery,
  statisticsQuery,
  statisticVersionsQuery,
  takeBackStatistic,
} from "../../../data/index.ts";
import { useLang } from "../../../texts/index.ts";
import { Button, ErrorState, Skeleton, say, useKeyed } from "../../../ui/controls/index.ts";
import { DefinitionForm } from "./definition-form.tsx";
import { copyOf, definitionOf, draftOf, emptyDraft, isSame, isSlug } from "./draft.ts";
import type { Draft } from "./draft.ts";
import { PreviewPanel } from "./preview-panel.tsx";
import { placeOf } from "./problem-place.ts";
import { SaveDialog } from "./save-dialog.tsx";
import { usePreview } from "./use-preview.ts";
import { VersionsList } from "./versions-list.tsx";
import styles from "./editor.module.css";

interface Props {
  /** Statistic that is edited; null: a new one. */
  id: string | null;
  /** Statistic that a new one starts from. */
  from?: string | undefined;
  back: ReactNode;
  /** Whether leaving would lose something. */
  onDirty: (dirty: boolean) => void;
  /** A new definition was saved, or nothing is left of an own one (null). */
  onSaved: (id: string | null) => void;
}

/** The definition of a statistic as a form, with what it gives beside it. */
export function EditorPage({ id, from, ...rest }: Props) {
  const source = id ?? from;
  const item = useQuery({ ...statisticQuery(source ?? ""), enabled: source !== undefined });
  const city = useQuery(cityQuery());
  const start = useMemo<Draft | null>(() => {
    if (source === undefined) return city.data ? emptyDraft(city.data.domains[0]?.id ?? "") : null;
    if (!item.data) return null;
    return id === null ? copyOf(item.data) : draftOf(item.data);
  }, [source, id, item.data, city.data]);
  const failed = item.error ?? city.error;
  if (start) return <Editor id={id} item={id === null ? undefined : item.data} start={start} {...rest} />;
  return failed ? <ErrorState problem={failed} /> : <Skeleton height={640} />;
}

type EditorProps = Omit<Props, "from"> & {
  /** Definition in force. */
  item: StatisticItem | undefined;
  start: Draft;
};

function Editor({ id, item, start, back, onDirty, onSaved }: EditorProps) {
  const { t } = useTranslation("editor");
  const lang = useLang();
  const operators = useQuery(operatorsQuery()).data?.items ?? [];
  const [base, setBase] = useState(start);
  const [draft, setDraft] = useState(start);
  const [group, setGroup] = useState<Grouping | undefined>(undefined);
  const dirty = !isSame(draft, base) || (id === null && draft.pipeline.length > 0);
  const preview = usePreview(draft, group);
  const saving = useSaving({ id, draft, onBase: setBase, onDraft: setDraft, onSaved, onDirty });
  useEffect(() => {
    onDirty(dirty);
    return () => onDirty(false);
  }, [dirty, onDirty]);
  const problems = preview.answer?.problems ?? [];
  const problemsOf = (step: number): string[] =>
    problems.filter((problem) => {
      const place = placeOf(problem);
      return place !== null && "step" in place && place.step === step;
    });
  const title = draft.name[lang] || t("newTitle");
  return (
    <div className={styles.scroll}>
      <div className={styles.page}>
        <p className={styles.back}>{back}</p>
        <header className={styles.head}>
          <div>
            <h1>{id === null ? t("newTitle") : t("title", { name: title })}</h1>
            <p className={styles.hint} role="status">
              {dirty ? t("dirty") : id === null ? t("notSaved") : t("clean", { version: base.version })}
            </p>
          </div>
          <div className={styles.buttons}>
            {dirty && id !== null ? (
              <Button kind="quiet" onClick={() => setDraft(base)}>
                {t("discard")}
              </Button>
            ) : null}
            <Button kind="primary" disabled={!dirty || !isSlug(draft.id) || problems.length > 0} onClick={saving.ask}>
              {t("save")}
            </Button>
          </div>
        </header>
        <div className={styles.columns}>
          <DefinitionForm
            draft={draft}
            onChange={(patch) => setDraft((before) => ({ ...before, ...patch }))}
            isNew={id === null}
            operators={operators}
            problemsOf={problemsOf}
          />
          <div className={styles.aside}>
            <PreviewPanel draft={draft} preview={preview} group={group} onGroup={setGroup} onKey={saving.askKey} />
            {id === null ? null : (
              <VersionsList
                id={id}
                current={item?.version ?? base.version}
                custom={item?.custom ?? false}
                onRestore={({ definition, version }) => {
                  setDraft({ ...draftOf(definition), version: base.version });
                  say(t("restored", { version }));
                }}
                onTakeBack={saving.takeBack}
              />
            )}
          </div>
        </div>
        {saving.dialogs}
      </div>
    </div>
  );
}

interface SavingOptions extends Pick<Props, "id" | "onSaved" | "onDirty"> {
  draft: Draft;
  onBase: (draft: Draft) => void;
  onDraft: (draft: Draft) => void;
}

/** Saving, taking back, and the questions that go with them. */
function useSaving({ id, draft, onBase, onDraft, onSaved, onDirty }: SavingOptions) {
  const { t } = useTranslation("editor");
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const refresh = (of: string) => {
    void client.invalidateQueries({ queryKey: statisticsQuery().queryKey });
    void client.invalidateQueries({ queryKey: statisticVersionsQuery(of).queryKey });
    void client.invalidateQueries({ queryKey: ["statistic-data", of] });
  };
  const taken = (item: StatisticItem) => {
    client.setQueryData(statisticQuery(item.id).queryKey, item);
    refresh(item.id);
    onBase(draftOf(item));
    onDraft(draftOf(item));
  };
  const save = async (note: string) => {
    setBusy(true);
    setError(null);
    try {
      const item = await withKey((key) => saveStatistic(definitionOf(draft), note, key));
      if (!item) return;
      setOpen(false);
      taken(item);
      onDirty(false);
      say(t("saved", { version: item.version }));
      if (id === null) onSaved(item.id);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  const reload = async () => {
    if (id === null) return;
    const item = await client.fetchQuery({ ...statisticQuery(id), staleTime: 0 });
    setOpen(false);
    setError(null);
    onBase(draftOf(item));
    // What was written here stays, now as a change of the version in force.
    onDraft({ ...draft, version: item.version });
    void client.invalidateQueries({ queryKey: statisticVersionsQuery(id).queryKey });
  };
  const takeBack = async () => {
    if (id === null) return;
    try {
      if (!(await withKey((key) => takeBackStatistic(id, key)))) return;
      say(t("takenBack"));
      const item = await client.fetchQuery({ ...statisticQuery(id), staleTime: 0 }).catch(() => null);
      refresh(id);
      if (item) taken(item);
      else onSaved(null);
    } catch (failed) {
      setError(failed);
      setOpen(true);
    }
  };
  return {
    ask: () => {
      setError(null);
      setOpen(true);
    },
    askKey: () => void withKey(async (key) => key),
    takeBack: () => void takeBack(),
    dialogs: (
      <>
        <SaveDialog
          open={open}
          version={id === null ? 1 : draft.version + 1}
          onClose={() => setOpen(false)}
          onSave={(note) => void save(note)}
          busy={busy}
          error={error}
          onReload={() => void reload()}
        />
        {keyDialog}
      </>
    ),
  };
}
