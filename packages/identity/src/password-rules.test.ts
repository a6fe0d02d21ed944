import { expect, test } from "vitest";
import { passwordProblem } from "./password-rules.ts";

test.each([
  ["mưa ngập đường Trần Quý Cáp", null],
  ["correct horse battery stable", null],
  ["all lower case and no digit", null],
  ["đường sông Hàn!", null],
  ["fourteen chars", "too-short"],
  ["🌧🌧🌧🌧🌧🌧🌧", "too-short"],
  ["a b".repeat(86), "too-long"],
  ["Correct Horse Battery Staple", "common"],
  ["aaaaaaaaaaaaaaaa", "common"],
  ["................", "common"],
  ["Mimosa26Mimosa26Mimosa26", "common"],
  ["1234567890123456", "common"],
  ["zyxwvutsrqponmlkj", "common"],
  ["Password-12345678", "common"],
  ["Thành phố Đà Nẵng 2026", "name"],
  ["Danang26Danang26Danang26", "name"],
  ["lethihoa.1990.01", "name"],
  ["hoa.le-hoa.le-hoa.le", "name"],
])("%s: %s", (password, problem) => {
  expect(passwordProblem(password, ["hoa.le", "Lê Thị Hoa"])).toBe(problem);
});
