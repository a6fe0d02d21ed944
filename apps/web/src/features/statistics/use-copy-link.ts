import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { say } from "../../ui/controls/index.ts";

/** Copies an address of this site and says so; where the browser forbids it, the address itself is said. */
export function useCopyLink(): (link: string) => Promise<void> {
  const { t } = useTranslation("statistics");
  return useCallback(
    async (link) => {
      const address = new URL(link, location.href).href;
      try {
        await navigator.clipboard.writeText(address);
        say(t("linkCopied"));
      } catch {
        say(t("linkNotCopied", { link: address }));
      }
    },
    [t],
  );
}
