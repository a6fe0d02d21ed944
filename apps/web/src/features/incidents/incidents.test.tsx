// @vitest-environment happy-dom
import { fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { useApiKey } from "../../data/api-key.ts";
import { serve, show, tidy } from "../statistics/testing.tsx";
import { IncidentPage } from "./incident-page.tsx";
import { IncidentsPage } from "./incidents-page.tsx";
import { NotificationsPage } from "./notifications-page.tsx";

afterEach(tidy);

const both = (vi: string) => ({ vi, en: `${vi} (en)` });
const list = (items: object[]) => ({ items, total: items.length });
const link = (id: string, text: string) => <a href={`#${id}`}>{text}</a>;
const time = Date.UTC(2026, 0, 5, 1);

const incident = {
  id: "w-flood.7",
  definition: "w-flood",
  name: both("Ngập"),
  domain: "flood",
  centre: "oc-east",
  state: "open",
  storm: true,
  exercise: true,
  mergedInto: null,
  severity: "Severe",
  peakSeverity: "Severe",
  scale: "ioc",
  level: 3,
  headline: both("Ngập nhiều nơi"),
  members: 2,
  openMembers: 2,
  newMembers: 1,
  openedAt: time,
  joinedAt: time,
  clearedAt: null,
  route: "serious",
  steps: 1,
  stepAt: time + 900_000,
  repeatAt: null,
};
const member = (alert: string, clearedAt: number | null) => ({
  alert,
  subject: { type: "station", id: alert },
  headline: both(`Ngập: ${alert}`),
  condition: "firing",
  work: "new",
  level: 3,
  severity: "Severe",
  value: 0.4,
  unit: "m",
  decimals: 2,
  firedAt: time,
  joinedAt: time,
  clearedAt,
});
const centres = list([
  { id: "oc-east", name: both("Trung tâm Đông"), level: "sector", scheme: "s", area: "e", parent: null },
]);
const channel = { needs: [], waiting: 0, sent: 3, failed: 0, lastError: null, publicKey: null };
const channels = list([
  { ...channel, id: "in-app", configured: true },
  { ...channel, id: "email", configured: false, sent: 0, needs: ["IOC_SMTP_URL"] },
  { ...channel, id: "webhook", configured: true, failed: 1, lastError: "the receiver answered 410" },
]);
const notice = {
  id: 5,
  key: "a/opened-7/webhook/desk",
  incident: "w-flood.7",
  alert: "a",
  reason: "opened",
  channel: "webhook",
  recipient: "desk",
  state: "failed",
  createdAt: time,
  dueAt: time,
  retryAt: null,
  sentAt: null,
  attempts: 1,
  error: "the receiver answered 410",
  title: null,
  text: null,
};
const routes = {
  routes: [
    {
      id: "serious",
      name: both("Nghiêm trọng"),
      when: { atLeast: "Severe" },
      ladder: [
        { after: "PT0S", to: "unit", channels: ["in-app", "email"] },
        { after: "PT15M", to: "leader", channels: ["sms"] },
      ],
    },
    { id: "other", name: both("Khác"), when: {}, ladder: [] },
  ],
  grouping: {},
  contacts: [
    { id: "desk", name: both("Bàn số 1"), centre: "oc-east", language: "vi", channels: ["in-app", "webhook"] },
  ],
  onCall: [{ centre: "oc-east", role: "duty", contacts: ["desk"] }],
};

it("lists open incidents with what sets them apart, and says when there is none or no answer", async () => {
  serve({ "GET /incidents": list([incident]), "GET /centres": centres });
  const page = <IncidentsPage link={link} notifications={null} />;
  const view = show(page);
  const row = (await screen.findByText("Ngập nhiều nơi")).closest("tr")!;
  for (const text of ["DIỄN TẬP", "Toàn thành phố", "2 / 2"]) expect(within(row).getByText(text)).toBeDefined();
  expect(await within(row).findByText("Trung tâm Đông")).toBeDefined();
  view.unmount();
  serve({ "GET /incidents": list([]) });
  const empty = show(page);
  expect(await screen.findByText("Không có sự cố nào đang mở.")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Đã hết" }));
  expect(await screen.findByText("Chưa có sự cố nào kết thúc.")).toBeDefined();
  empty.unmount();
  serve({ "GET /incidents": 500 });
  show(page);
  expect(await screen.findByRole("alert")).toBeDefined();
});

it("shows all alerts of an incident and what happens next; who was told only with a key", async () => {
  serve({
    "GET /incidents/w-flood.7": { ...incident, alerts: [member("a", null), member("b", time)] },
    "GET /centres": centres,
  });
  show(<IncidentPage id="w-flood.7" back={null} incidentLink={link} alertLink={link} />);
  const table = await screen.findByRole("table", { name: "Cảnh báo (2)" });
  expect(
    within(table)
      .getAllByRole("link")
      .map((one) => one.textContent),
  ).toEqual(["Ngập: a", "Ngập: b"]);
  expect(screen.getByText(/Báo lên cấp trên lúc/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Nhập khóa API" })).toBeDefined();
});

it("shows channels to everybody, and with a key notices, routes and who is on call; what has failed is sent again", async () => {
  const asked = serve({
    "GET /notification-channels": channels,
    "GET /notifications": list([notice]),
    "GET /notification-routes": routes,
    "GET /centres": centres,
    "POST /notifications/5/retry": { ...notice, state: "waiting" },
  });
  show(<NotificationsPage back={null} />);
  expect(await screen.findByText("Chưa cấu hình: cần IOC_SMTP_URL")).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Gửi tin thử: Thư điện tử" }).disabled).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "Nhập khóa API" }));
  const field = await screen.findByLabelText("Khóa API", { selector: "input" });
  fireEvent.change(field, { target: { value: "good" } });
  fireEvent.submit(field.closest("form")!);
  const onCall = await screen.findByRole("table", { name: "Đang trực" });
  expect(within(onCall).getByText("Bàn số 1")).toBeDefined();
  const table = screen.getByRole("table", { name: "Tuyến thông báo" });
  expect(within(table).getByText(/lãnh đạo, sau 15/)).toBeDefined();
  expect(within(table).getByText("mọi trường hợp còn lại")).toBeDefined();
  fireEvent.click(await screen.findByRole("button", { name: "Gửi lại" }));
  await screen.findByRole("table", { name: "Thông báo đã gửi" });
  await expect.poll(() => asked.find(({ path }) => path === "/notifications/5/retry")?.key).toBe("good");
});

it("tries a channel for a contact and says why it did not work", async () => {
  useApiKey.getState().setKey("good");
  const asked = serve({
    "GET /notification-channels": channels,
    "GET /notifications": list([]),
    "GET /notification-routes": routes,
    "GET /centres": centres,
    "POST /notification-channels/webhook/test": { sent: false, error: "the receiver answered 500" },
  });
  show(<NotificationsPage back={null} />);
  expect(await screen.findByText("Chưa báo cho ai về việc này.")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Gửi tin thử: Webhook" }));
  fireEvent.click(await screen.findByRole("button", { name: "Gửi" }));
  expect((await screen.findByRole("alert")).textContent).toBe("Chưa gửi được: the receiver answered 500");
  expect(asked.at(-1)).toMatchObject({ method: "POST", body: { contact: "desk" }, key: "good" });
});
