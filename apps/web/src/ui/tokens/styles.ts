/** Imported once by each entry: layers, fonts, tokens, reset, base, utilities. */
import "./layers.css";
import "./fonts.css";
import "virtual:tokens.css";
import "./base.css";
import "./utilities.css";
