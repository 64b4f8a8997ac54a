import type { Token } from "./tokens.ts";

type Found = { token: Token; end: number };

const qualities =
  /^(?:senior|higher|competent|capable|qualified|sensible|sane|knowledgeable|local|important|smart|decent|trained|responsible|different|proper|better|new|official|experienced|human)$/;

/** A noun phrase with what follows and belongs to it: “somebody real”, “someone from your team”. */
export function withTail(found: Found, tokens: readonly Token[]): Found {
  if (!found.token.classes.has("NP")) return found;
  const { token, end } = withQuality(found, tokens);
  const whole = placeEnd(tokens, end);
  if (whole === end) return { token, end };
  return { token: { word: token.word, classes: new Set([...token.classes, "NP_HOUSE"]) }, end: whole };
}

// “someone real”, “a person higher up”.
function withQuality({ token, end }: Found, tokens: readonly Token[]): Found {
  const open = token.classes.has("NP_SOMEONE") || token.classes.has("NP_PERSON");
  const next = tokens[end];
  if (!open || !next) return { token, end };
  const real =
    next.classes.has("REAL") && !["PERSON", "UNIT"].some((name) => tokens[end + 1]?.classes.has(name));
  if (real)
    return {
      token: { word: token.word, classes: new Set([...token.classes, "NP_REAL", "NP_FIRM"]) },
      end: end + 1,
    };
  if (!qualities.test(next.word)) return { token, end };
  return { token, end: tokens[end + 1]?.word === "up" ? end + 2 : end + 1 };
}

// “someone from your team”, “a colleague of yours”, “somebody on your side”.
function placeEnd(tokens: readonly Token[], end: number): number {
  const side = tokens[end]?.word === "on" && /^(?:side|end)$/.test(tokens[end + 2]?.word ?? "");
  const other = /^(?:on|at)$/.test(tokens[end]?.word ?? "") && tokens[end + 2]?.word === "other";
  if (other && /^(?:side|end|line)$/.test(tokens[end + 3]?.word ?? "")) return end + 4;
  if (!side && !/^(?:from|of|at|in)$/.test(tokens[end]?.word ?? "")) return end;
  const place = tokens[end + 1];
  if (place && (/^(?:yours|there|here)$/.test(place.word) || place.classes.has("DEPT"))) return end + 2;
  if (!/^(?:your|the)$/.test(tokens[end + 1]?.word ?? "")) return end;
  const name = tokens[end + 2];
  const house = /^(?:company|office|side|end|team|department|staff|store|shop|bank|crew|support|warehouse)$/;
  if (name && (house.test(name.word) || name.classes.has("UNIT"))) return end + 3;
  return tokens[end + 3]?.classes.has("UNIT") ? end + 4 : end;
}
