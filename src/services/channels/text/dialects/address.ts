const schemes = new Set(["http:", "https:", "mailto:", "tel:"]);

/** The address of a link, if following it can do no harm; without any sign that could end a link early. */
export function safeAddress(href: string): string | undefined {
  const url = URL.canParse(href) ? new URL(href) : undefined;
  if (url === undefined || !schemes.has(url.protocol)) return undefined;
  return url.href.replace(/[\s<>"`|\\^{}]/g, encodeURIComponent);
}

/** Says whether a link's label is its own address, so that it need not be written twice. */
export function namesItself(label: string, href: string): boolean {
  return [label, `http://${label}`, `mailto:${label}`].some((address) => safeAddress(address) === href);
}
