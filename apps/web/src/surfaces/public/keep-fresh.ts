/**
 * Renews the parts of a server-drawn page marked `data-live`: reads the page again and puts in what changed. A part that
 * holds the focus is left alone until the focus leaves it. Says so when the server cannot be reached.
 */
export function keepFresh(page: Document, intervalMs: number): void {
  const renew = async (): Promise<void> => {
    if (page.visibilityState === "hidden") return;
    try {
      const answer = await fetch(page.location.href, { headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(String(answer.status));
      putIn(page, new DOMParser().parseFromString(await answer.text(), "text/html"));
      setOffline(page, false);
    } catch {
      setOffline(page, true);
    }
  };
  setInterval(() => void renew(), intervalMs);
  page.addEventListener("visibilitychange", () => void renew());
}

/** Replaces the content of each live part by that of the same id in `fresh`, when it differs. */
export function putIn(page: Document, fresh: Document): void {
  for (const part of page.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next || next.innerHTML === part.innerHTML || part.contains(page.activeElement)) continue;
    part.replaceChildren(...next.childNodes);
  }
}

function setOffline(page: Document, offline: boolean): void {
  const note = page.getElementById("offline");
  if (note) note.hidden = !offline;
}
