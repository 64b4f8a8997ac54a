// Kinds tell what is wrong with a delivery; words, names, numbers and addresses are the customer's.
const plain = /^(?:[a-z][a-z0-9_.:/-]{0,60})$/i;
const telling = /(?:^|_)(?:type|kind|object|field|status|action|event|subtype|messaging_product)$|Type$/;
/** What a platform calls a field; whatever else stands there may be a customer's own. */
const usualName = /^[a-z_][a-z_.-]{0,60}\d{0,2}$/i;

/** The body of a delivery with its shape and kinds, and without what customers wrote. */
export function redacted(body: Buffer): string {
  const text = new TextDecoder("utf-8").decode(body);
  try {
    return JSON.stringify(shape(JSON.parse(text), ""), undefined, 2).slice(0, 20_000);
  } catch {
    return `${formShape(text) ?? `(${body.length} bytes that are no JSON)`}`;
  }
}

function shape(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.slice(0, 20).map((each) => shape(each, key));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner], at) => [nameOf(name, at), shape(inner, name)]),
    );
  }
  if (typeof value === "string") {
    return telling.test(key) && plain.test(value) ? value : `(${value.length} characters)`;
  }
  if (typeof value === "number") return "(a number)";
  return value;
}

function formShape(text: string): string | undefined {
  if (!/^[\w%.+*-]+=/.test(text)) return undefined;
  return [...new URLSearchParams(text)]
    .map(([name, value], at) => `${nameOf(name, at)} = (${value.length} characters)`)
    .join("\n");
}

function nameOf(name: string, at: number): string {
  return usualName.test(name) ? name : `(name ${at + 1})`;
}
