/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

const white: Rgb = [255, 255, 255];
const ink: Rgb = [17, 20, 24];
const black: Rgb = [0, 0, 0];

/** Reads `#rgb` and `#rrggbb`; anything else is no colour. */
export function parseColor(text: string): Rgb | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text.trim());
  const hex = short
    ? short
        .slice(1)
        .map((digit) => digit + digit)
        .join("")
    : text.trim().slice(1);
  if (!short && !/^#[0-9a-f]{6}$/i.test(text.trim())) return undefined;
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** The contrast of two colours as WCAG counts it, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** White where it reads on a colour, else ink, else black, which reads wherever white does not. */
export function inkOn(color: Rgb): Rgb {
  return [white, ink].find((one) => contrast(color, one) >= 4.5) ?? black;
}

/** The colour itself where it reads on the background; else the nearest shade of it that does. */
export function legible(color: Rgb, background: Rgb, ratio = 4.5): Rgb {
  const towards: Rgb = luminance(background) > 0.5 ? black : white;
  for (let step = 0; step <= 20; step += 1) {
    const shade = mix(color, towards, step / 20);
    if (contrast(shade, background) >= ratio) return shade;
  }
  return towards;
}

/** The colour as CSS writes it. */
export function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => Math.round(a[at] + (b[at] - a[at]) * share);
  return [part(0), part(1), part(2)];
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (part: number) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
