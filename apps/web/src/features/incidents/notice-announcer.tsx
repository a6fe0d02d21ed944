import { useEffect, useRef } from "react";
import { useLiveNotices } from "../../data/live/index.ts";
import { say } from "../../ui/controls/index.ts";

/** Says in-app notices of what still waits for somebody; the list of alerts announces what is new. Shows nothing itself. */
export function NoticeAnnouncer() {
  const notices = useLiveNotices();
  const said = useRef(new Set<string>());
  useEffect(() => {
    for (const { incident, createdAt, reason, title } of notices.values()) {
      // Several people are told the same.
      const one = `${incident} ${createdAt}`;
      if (said.current.has(one) || title === null) continue;
      said.current.add(one);
      if (reason === "escalated" || reason === "repeated") say(title);
    }
  }, [notices]);
  return null;
}
