/** A letter's parts, in the order in which they are read. */
export type LetterParts = {
  greeting?: string;
  /** What it is about, in a sentence. */
  lead: string;
  items: { title: string; text: string; url?: string }[];
  action: { label: string; url: string };
  /** Small print, each a line. */
  foot: string[];
  /** How not to get such letters any more; none where there will be no other. */
  leave?: { label: string; url: string };
};

/** Writes a letter twice: as plain text, and as HTML that needs nothing from outside and is read in light and dark alike. */
export function writeLetter(parts: LetterParts): { text: string; html: string } {
  return { text: asText(parts), html: asHtml(parts) };
}

function asText({ greeting, lead, items, action, foot, leave }: LetterParts): string {
  const blocks = [
    greeting,
    lead,
    ...items.map(({ title, text, url }) =>
      [title, text, url].filter((line) => line !== undefined && line !== "").join("\n"),
    ),
    `${action.label}:\n${action.url}`,
    "--",
    [...foot, leave && `${leave.label}: ${leave.url}`].filter((line) => line !== undefined).join("\n"),
  ];
  return `${blocks.filter((block) => block !== undefined).join("\n\n")}\n`;
}

const ink = "color:#1f2530";
const quiet = "color:#667085;font-size:12px;line-height:18px";

function asHtml({ greeting, lead, items, action, foot, leave }: LetterParts): string {
  const rows = items.map(
    ({ title, text, url }) =>
      `<div style="border:1px solid #d9dde5;border-radius:8px;padding:12px 14px;margin:0 0 8px">` +
      `<div style="font-weight:600;${ink}">${url === undefined ? escaped(title) : link(url, title, "color:inherit;text-decoration:none")}</div>` +
      `<div dir="auto" style="margin-top:2px;${ink}">${lines(text)}</div></div>`,
  );
  const small = [...foot.map(escaped), ...(leave ? [link(leave.url, leave.label, "color:inherit")] : [])];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    "<style>@media (prefers-color-scheme: dark){body{background:#16181d!important}.card{background:#1f2229!important}",
    ".card *{color:#e8eaef!important;border-color:#3a3f4a!important}.card .action{color:#fff!important}}</style></head>",
    '<body style="margin:0;padding:24px 12px;background:#f5f6f8;font:15px/22px system-ui,-apple-system,Segoe UI,Roboto,Arial,sans-serif">',
    '<div class="card" style="max-width:520px;margin:0 auto;padding:24px;border-radius:12px;background:#ffffff">',
    greeting === undefined ? "" : `<p style="margin:0 0 12px;${ink}">${escaped(greeting)}</p>`,
    `<p style="margin:0 0 16px;${ink}">${escaped(lead)}</p>`,
    ...rows,
    `<p style="margin:20px 0">${link(action.url, action.label, "display:inline-block;padding:10px 16px;border-radius:8px;background:#3563c9;color:#ffffff;font-weight:600;text-decoration:none", "action")}</p>`,
    `<p style="margin:16px 0 0;${quiet}">${small.join("<br>")}</p>`,
    "</div></body></html>",
  ].join("");
}

function link(url: string, label: string, style: string, name?: string): string {
  const named = name === undefined ? "" : ` class="${name}"`;
  return `<a href="${escaped(url)}"${named} style="${style}">${escaped(label)}</a>`;
}

function lines(text: string): string {
  return text.split("\n").map(escaped).join("<br>");
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
