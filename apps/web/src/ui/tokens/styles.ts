/** Imported once by each entry: fonts, tokens, reset, base, utilities. */
import "./fonts.css";
import "virtual:tokens.css";
import "./base.css";
import "./utilities.css";
