import { describe, expect, test } from "vitest";
import { summaryOf } from "./summary.ts";
import { sampleName, sampleNow } from "./testing/frame-parts.ts";
import { edgeSamples } from "./testing/edge-samples.ts";
import { samples } from "./testing/sample-frames.ts";
import { shapeSamples } from "./testing/shape-samples.ts";

const all = { ...samples, ...shapeSamples, ...edgeSamples };

const say = (name: string, lang: "vi" | "en"): string => {
  const { spec, frame } = all[name]!;
  return summaryOf(spec, frame, { lang, now: sampleNow, nameOf: sampleName });
};
/** Spaces before units do not break; here they are written as ordinary ones. */
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

test.each([
  [
    "river",
    "48 giờ qua cao nhất 1,86 m lúc 19:00 20/10, thấp nhất 0,48 m; hiện tại 1,79 m, trên báo động 1 (1 m), tăng 0,59 m so với 48 giờ trước; mất dữ liệu 5 giờ ngày 21/10.",
    "In the past 48 hours highest 1.86 m at 19:00 on 20 Oct, lowest 0.48 m; now 1.79 m, above flood alarm I (1 m), up 0.59 m on the 48 hours before; data gap of 5 h on 21 Oct.",
  ],
  [
    "rivers",
    "Mới nhất Trạm thủy văn Cẩm Lệ: 0,84 m, Trạm thủy văn Ái Nghĩa: 4,91 m, Trạm thủy văn Giao Thủy: 4,54 m.",
    "Latest Trạm thủy văn Cẩm Lệ: 0.84 m, Trạm thủy văn Ái Nghĩa: 4.91 m, Trạm thủy văn Giao Thủy: 4.54 m.",
  ],
  [
    "aqiStations",
    "Hiện tại 118 (kém), tăng 22 so với 24 giờ trước; cao nhất 118 (Trạm không khí KCN Liên Chiểu), thấp nhất 74 (Trạm không khí Hải Châu); 1/3 nơi chưa có số liệu.",
    "Now 118 (poor), up 22 on the 24 hours before; highest 118 (Trạm không khí KCN Liên Chiểu), lowest 74 (Trạm không khí Hải Châu); 1 of 3 places without data.",
  ],
  [
    "aqiDays",
    "30 ngày qua cao nhất 160 ngày 7/10, thấp nhất 25; hiện tại 84 (trung bình); mất dữ liệu 2 ngày từ 5/10.",
    "In the past 30 days highest 160 on 7 Oct, lowest 25; now 84 (moderate); data gap of 2 days from 5 Oct.",
  ],
  ["wind", "Hướng gió nhiều nhất ĐĐB (5,8%); lặng gió 4,2%.", "Most frequent direction ENE (5.8%); calm 4.2%."],
  [
    "floodWards",
    "Hiện tại 23 điểm, tăng 12 điểm so với 24 giờ trước; nhiều nhất 35 điểm (Phường Hòa Khánh).",
    "Now 23 points, up 12 points on the 24 hours before; most 35 points (Phường Hòa Khánh).",
  ],
  [
    "rhythm",
    "Cao nhất 59.873 xe/giờ (12:00–13:00 Thứ Tư), thấp nhất 1.051 xe/giờ (01:00–02:00 Thứ Tư); 1% ô chưa có số liệu.",
    "Highest 59,873 vehicles/h (12:00–13:00 Wednesday), lowest 1,051 vehicles/h (01:00–02:00 Wednesday); 1% of cells without data.",
  ],
  [
    "hoursToClose",
    "Nhiều nhất ở lớp 8–12 giờ: 164 phản ánh (31%); tổng 528 phản ánh; số liệu mô phỏng.",
    "Most in class 8–12 h: 164 reports (31%); total 528 reports; simulated data.",
  ],
  [
    "response",
    "Trung vị cao nhất 17,8 phút (Xã Bà Nà, giữa 50% 14,6–22,5 phút), thấp nhất 6,9 phút (Phường An Khê, giữa 50% 5,5–8,8 phút); 1 nơi chưa có số liệu; mục tiêu (Phân vị 90): ≤ 15 phút (thiết lập), 14,8 phút, đạt.",
    "Highest median 17.8 min (Xã Bà Nà, middle 50% 14.6–22.5 min), lowest 6.9 min (Phường An Khê, middle 50% 5.5–8.8 min); 1 without data; target (90th percentile): ≤ 15 min (project setting), 14.8 min, met.",
  ],
  [
    "vaccination",
    "Hiện tại 93,4%; cao nhất 98,6% (Phường Điện Bàn Đông 2), thấp nhất 83,0% (Phường Cẩm Lệ 2); 1/16 nơi chưa có số liệu; mục tiêu: ≥ 95% (thiết lập), chưa đạt.",
    "Now 93.4%; highest 98.6% (Phường Điện Bàn Đông 2), lowest 83.0% (Phường Cẩm Lệ 2); 1 of 16 places without data; target: ≥ 95% (project setting), not met.",
  ],
  [
    "ownMaxima",
    "Cao nhất 17,0/18 điểm (Mức độ hài lòng), thấp nhất 9,1/12 điểm (Cung cấp dịch vụ trực tuyến).",
    "Highest 17.0/18 points (Satisfaction), lowest 9.1/12 points (Online services).",
  ],
  [
    "waste",
    "Luồng lớn nhất Rác thu gom → Đốt phát điện: 1.000 tấn/ngày, Rác thu gom → Chôn lấp hợp vệ sinh: 684 tấn/ngày, Rác thu gom → Tái chế: 142 tấn/ngày và 1 luồng khác.",
    "Largest flows Collected waste → Incinerated for power: 1,000 t/day, Collected waste → Landfilled: 684 t/day, Collected waste → Recycled: 142 t/day and 1 more.",
  ],
  [
    "feedback",
    "Lớn nhất Đường hư hỏng, ổ gà: 214 phiếu (17%), Rác thải không thu gom đúng giờ: 188 phiếu (15%), Thoát nước, ngập cục bộ: 176 phiếu (14%) và 9 phần khác; tổng 1.238 phiếu; số liệu mô phỏng.",
    "Largest Đường hư hỏng, ổ gà: 214 tickets (17%), Rác thải không thu gom đúng giờ: 188 tickets (15%), Thoát nước, ngập cục bộ: 176 tickets (14%) and 9 more; total 1,238 tickets; simulated data.",
  ],
  ["insufficient", "Chưa đủ số liệu: 62% giá trị hợp lệ.", "Insufficient data: 62% of values valid."],
  ["empty", "Không có số liệu trong khoảng này.", "No data in this range."],
  [
    "failed",
    "Chưa tính được số liệu này. Hệ thống sẽ thử lại.",
    "This figure could not be computed. The system will try again.",
  ],
])("%s", (name, vi, en) => {
  expect(plain(say(name, "vi"))).toBe(vi);
  expect(plain(say(name, "en"))).toBe(en);
});

test("a forecast says its highest value, when, and the band", () => {
  expect(plain(say("forecast", "vi"))).toContain("; dự báo cao nhất 2,05 m lúc 15:00 (80%: 1,93–2,20 m).");
});

test("a period that is not over is not a forecast", () => {
  expect(say("rainHours", "vi")).not.toContain("dự báo");
});

describe.each(Object.keys(all))("%s", (name) => {
  test.each(["vi", "en"] as const)("has one sentence in %s", (lang) => {
    const text = say(name, lang);
    expect(text).toMatch(/^[\p{Lu}\d].*\.$/u);
    expect(text).not.toMatch(/NaN|undefined|null|;\s*;|\(\)/);
    expect(text).toBe(text.normalize("NFC"));
  });
});
