/** Loads a file of the widget's own room, which has no door for others. */
export function widgetSource<T>(path: string): Promise<T> {
  return import(new URL(`../../src/widget/${path}`, import.meta.url).href);
}
