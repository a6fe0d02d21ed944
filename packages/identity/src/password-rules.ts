/** Why a password cannot be taken. */
export type PasswordProblem = "too-short" | "too-long" | "common" | "name";

/** Characters (code points) a password has at least: NIST SP 800-63B-4, 3.1.1.2, where it is the only factor. */
export const shortestPassword = 15;
/** NIST asks that at least 64 are taken; the bound keeps what is hashed small. */
export const longestPassword = 256;

/** Long passwords from the top of published lists, and what is at hand here; letters and digits only, lower case. */
const common: ReadonlySet<string> = new Set([
  "1qaz2wsx3edc4rfv",
  "correcthorsebatterystaple",
  "administrator123",
  "changemechangeme",
  "iloveyouiloveyou",
  "letmeinletmeinletmein",
  "matkhaucuatoila",
  "matkhau123456789",
  "mypasswordispassword",
  "password12345678",
  "password123456789",
  "passwordpassword",
  "q1w2e3r4t5y6u7i8",
  "q1w2e3r4t5y6u7i8o9p0",
  "qwertyuiopasdfgh",
  "qwertyuiopasdfghjkl",
  "qwertyuiopasdfghjklzxcvbnm",
  "thisisapassword",
  "thisismypassword",
  "trustno1trustno1",
  "1q2w3e4r5t6y7u8i9o0p",
]);
/** Words of this place, which anybody tries first. */
const placeNames = ["city ioc", "da nang", "thanh pho da nang", "dieu hanh"];
/** Runs that people type along; a password that is a part of one of them, in either direction, is common. */
const rows = ["0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
/** A password that is only a piece of at most so many characters again and again is common. */
const longestPiece = 8;

/**
 * What is wrong with a new password, or null. By NIST SP 800-63B-4 (3.1.1.2): a length, a comparison of the whole password with
 * common and expected ones, and no rules of composition.
 *
 * @param names user name and display name of the account
 */
export function passwordProblem(password: string, names: readonly string[]): PasswordProblem | null {
  const length = [...password.normalize("NFC")].length;
  if (length < shortestPassword) return "too-short";
  if (length > longestPassword) return "too-long";
  const folded = fold(password);
  const letters = folded.replaceAll(/\d/g, "");
  const known = [...names, ...placeNames].map(fold).filter((name) => name !== "");
  if (known.some((name) => name === folded || (letters !== "" && onlyOf(letters, name.replaceAll(/\d/g, ""))))) {
    return "name";
  }
  if (common.has(folded) || isRepeated(password.toLowerCase()) || isRow(folded)) return "common";
  return null;
}

/** Letters without marks and digits, in lower case. */
function fold(text: string): string {
  const plain = text.normalize("NFKD").toLowerCase().replaceAll("đ", "d");
  return plain.replaceAll(/[^\p{L}\p{N}]/gu, "");
}

function isRepeated(text: string): boolean {
  for (let piece = 1; piece <= Math.min(longestPiece, text.length / 2); piece++) {
    if (
      text ===
      text
        .slice(0, piece)
        .repeat(Math.ceil(text.length / piece))
        .slice(0, text.length)
    )
      return true;
  }
  return false;
}

function isRow(text: string): boolean {
  if (text === "") return false;
  return rows.some((row) => {
    const again = row.repeat(Math.ceil(text.length / row.length) + 1);
    return again.includes(text) || [...again].reverse().join("").includes(text);
  });
}

function onlyOf(text: string, name: string): boolean {
  return name !== "" && text.length % name.length === 0 && text === name.repeat(text.length / name.length);
}
