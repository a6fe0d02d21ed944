import { useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SuppressionPreview } from "@ioc/contracts";
import { hour } from "@ioc/charts/time";
import { previewSuppression, saveSuppression, warningsQuery } from "../../data/index.ts";
import { useCityNow } from "../../data/live/index.ts";
import { RequestFailed } from "../../data/request.ts";
import { useLang } from "../../texts/index.ts";
import { Button, say, useKeyed } from "../../ui/controls/index.ts";
import { instantText } from "../statistics/page/periods.ts";
import { emptyDraft, ruleOf } from "./draft.ts";
import type { FormDraft } from "./draft.ts";
import { DefinitionField, Field, Matching } from "./form-fields.tsx";
import { PreviewResult } from "./preview-result.tsx";
import styles from "./suppressions.module.css";

/** A new suppression: nothing is kept before its preview was seen. */
export function SuppressionForm({ alertLink }: { alertLink: (id: string, text: string) => ReactNode }) {
  const { t } = useTranslation("suppressions");
  const lang = useLang();
  const client = useQueryClient();
  const now = useCityNow(60_000);
  const { withKey, keyDialog } = useKeyed();
  const [draft, setDraft] = useState<FormDraft>(emptyDraft);
  const [preview, setPreview] = useState<SuppressionPreview | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const warnings = (useQuery(warningsQuery()).data?.items ?? []).map(({ id, name }) => ({ id, label: name[lang] }));

  // A silence of two hours from now on, unless the reader says otherwise.
  const filled: FormDraft = {
    ...draft,
    from: draft.from === "" && now !== null ? instantText(now) : draft.from,
    until: draft.until === "" && now !== null ? instantText(now + 2 * hour) : draft.until,
  };
  const rule = ruleOf(filled);
  const change = (part: Partial<FormDraft>) => {
    setDraft({ ...draft, ...part });
    setPreview(null);
    setConfirmed(false);
    setProblem(null);
  };
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      const told = error instanceof RequestFailed ? error.problem : null;
      const places = told?.errors?.map(({ path, message }) => `${path}: ${message}`).join("; ");
      setProblem(places ?? told?.detail ?? String(error));
    } finally {
      setBusy(false);
    }
  };
  const show = (event: FormEvent) => {
    event.preventDefault();
    if (!rule) return;
    void attempt(async () => setPreview((await withKey((key) => previewSuppression(rule, key))) ?? null));
  };
  const save = () =>
    attempt(async () => {
      if (!rule || !(await withKey((key) => saveSuppression(rule, confirmed, key)))) return;
      setDraft(emptyDraft);
      setPreview(null);
      setConfirmed(false);
      say(t("saved"));
      for (const queryKey of [["suppressions"], ["alerts"]]) void client.invalidateQueries({ queryKey });
    });

  return (
    <section className={styles.card} aria-label={t("new")}>
      <h2>{t("new")}</h2>
      <form className={styles.form} onSubmit={show}>
        <Field label={t("kindLabel")}>
          <select value={draft.kind} onChange={(event) => change({ kind: event.target.value as FormDraft["kind"] })}>
            {(["silence", "maintenance", "inhibition"] as const).map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </select>
        </Field>
        <p className={styles.quiet}>{t(`hint.${draft.kind}`)}</p>
        {draft.kind === "inhibition" ? (
          <Inhibiting draft={draft} warnings={warnings} change={change} />
        ) : (
          <Matching draft={filled} warnings={warnings} change={change} />
        )}
        <Field label={t("note")}>
          <input
            required
            maxLength={500}
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </Field>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.emergencies}
            onChange={(event) => change({ emergencies: event.target.checked })}
          />
          {t("emergencies")}
        </label>
        <div className={styles.buttons}>
          <Button type="submit" kind={preview ? "plain" : "primary"} disabled={busy || rule === null}>
            {t("preview")}
          </Button>
        </div>
      </form>
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      {preview ? (
        <>
          <PreviewResult preview={preview} alertLink={alertLink} />
          {preview.confirm.length > 0 ? (
            <label className={styles.check}>
              <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)} />
              <span>
                {preview.confirm.map((reason) => t(`confirm.${reason}`)).join(" ")} {t("confirm.yes")}
              </span>
            </label>
          ) : null}
          <div className={styles.buttons}>
            <Button
              kind="primary"
              disabled={busy || (preview.confirm.length > 0 && !confirmed)}
              onClick={() => void save()}
            >
              {t("save")}
            </Button>
          </div>
        </>
      ) : null}
      {keyDialog}
    </section>
  );
}

interface PartProps {
  draft: FormDraft;
  warnings: readonly { id: string; label: string }[];
  change: (part: Partial<FormDraft>) => void;
}

function Inhibiting({ draft, warnings, change }: PartProps) {
  const { t } = useTranslation("suppressions");
  return (
    <>
      <DefinitionField
        label={t("source")}
        value={draft.source}
        warnings={warnings}
        onChange={(source) => change({ source })}
      />
      <Field label={t("fromLevel")}>
        <select value={draft.level} onChange={(event) => change({ level: Number(event.target.value) })}>
          {[1, 2, 3, 4, 5].map((level) => (
            <option key={level}>{level}</option>
          ))}
        </select>
      </Field>
      <DefinitionField
        label={t("target")}
        value={draft.definition}
        warnings={warnings}
        onChange={(definition) => change({ definition })}
      />
      <Field label={t("sameLabel")}>
        <select value={draft.same} onChange={(event) => change({ same: event.target.value as FormDraft["same"] })}>
          <option value="subject">{t("same.subject")}</option>
          <option value="area">{t("same.area")}</option>
        </select>
      </Field>
    </>
  );
}
