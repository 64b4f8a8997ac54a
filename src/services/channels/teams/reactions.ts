// learn.microsoft.com, Teams platform, "Message reaction events"; the thumbs are those of feedback buttons.
const byType = new Map([
  ["like", "👍"],
  ["dislike", "👎"],
  ["heart", "❤️"],
  ["laugh", "😆"],
  ["surprised", "😮"],
  ["sad", "😢"],
  ["angry", "😠"],
]);

/** The emoji of a reaction; newer ones are named after their code points, as in `1f44b_wavinghand-tone4`. */
export function emojiOf(type: string): string {
  const known = byType.get(type);
  if (known !== undefined) return known;
  const points = /^([\da-f]{4,5}(?:-[\da-f]{4,5}){0,9})_/.exec(type)?.[1]?.split("-") ?? [];
  const emoji = points.map((point) => String.fromCodePoint(Number.parseInt(point, 16))).join("");
  return emoji || type.slice(0, 64);
}
