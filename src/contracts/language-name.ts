const names = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** The English name of a language by its code or tag; what was given, where no language is called so. */
export function languageName(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
