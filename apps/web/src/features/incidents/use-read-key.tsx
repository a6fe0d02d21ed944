import type { ReactNode } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { noticeRoutesQuery } from "../../data/index.ts";
import { useApiKey } from "../../data/api-key.ts";
import { Button, EmptyState, useKeyed } from "../../ui/controls/index.ts";

/** The API key of this tab for what is only shown with one; `ask` stands in the place of it until somebody gave a key. */
export function useReadKey(): { key: string | null; ask: ReactNode } {
  const { t } = useTranslation("incidents");
  const key = useApiKey((state) => state.key);
  const client = useQueryClient();
  const { withKey, keyDialog } = useKeyed();
  // A fault that is not the key's is shown by whoever reads with it.
  const open = () => withKey((given) => client.fetchQuery(noticeRoutesQuery(given))).catch(() => undefined);
  const ask = (
    <>
      <EmptyState action={<Button onClick={() => void open()}>{t("notices.show")}</Button>}>
        {t("notices.key")}
      </EmptyState>
      {keyDialog}
    </>
  );
  return { key, ask };
}
