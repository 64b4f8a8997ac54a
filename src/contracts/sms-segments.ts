/** How many messages a text costs as SMS, and how much still fits into the last of them (3GPP TS 23.038). */
export type SmsSegments = {
  encoding: "GSM-7" | "UCS-2";
  segments: number;
  /** Characters that can follow before another segment begins: of the alphabet, or UTF-16 units. */
  left: number;
};

const alphabet = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Each of these takes two places: it is written with an escape before it. */
const extension = new Set("\f^{}\\[~]|€");

const rooms = {
  "GSM-7": { alone: 160, joined: 153 },
  "UCS-2": { alone: 70, joined: 67 },
} as const;

/** Counts a text's segments. Nothing stands half in one segment and half in the next: no escaped sign, and no pair of units. */
export function smsSegments(text: string): SmsSegments {
  const signs = [...text];
  const encoding = signs.every((sign) => alphabet.has(sign) || extension.has(sign)) ? "GSM-7" : "UCS-2";
  const widths = signs.map((sign) => (encoding === "UCS-2" ? sign.length : widthOf(sign)));
  const { alone, joined } = rooms[encoding];
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total <= alone) return { encoding, segments: total === 0 ? 0 : 1, left: alone - total };
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > joined) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return { encoding, segments, left: joined - used };
}

function widthOf(sign: string): number {
  return extension.has(sign) ? 2 : 1;
}
