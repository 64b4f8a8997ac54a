export type ProductKind = "tent" | "dome" | "pack" | "daypack" | "jacket" | "bike";

export type Product = { id: string; kind: ProductKind; name: string; line: string; price: string };

export const products: Product[] = [
  { id: "tents", kind: "tent", name: "Fjell 2", line: "Tunnel tent for two, 1.9 kg", price: "€ 429" },
  { id: "fjell-4", kind: "dome", name: "Fjell 4 Dome", line: "Stands in wind, sleeps four", price: "€ 619" },
  {
    id: "packs",
    kind: "pack",
    name: "Vandra 55",
    line: "Trekking pack for three days and more",
    price: "€ 239",
  },
  { id: "vandra-22", kind: "daypack", name: "Vandra 22", line: "Day pack with a dry pocket", price: "€ 119" },
  {
    id: "jackets",
    kind: "jacket",
    name: "Regn Shell",
    line: "Three layers, taped seams, no PFAS",
    price: "€ 349",
  },
  { id: "bikes", kind: "bike", name: "Grus 1", line: "Gravel bike in steel, 46 mm tyres", price: "€ 1,890" },
];
