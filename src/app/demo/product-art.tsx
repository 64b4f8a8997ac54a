import type { ReactNode } from "react";
import type { ProductKind } from "./products.ts";

/** A drawing of a product in two tones; the name beside it says what it is. */
export function ProductArt({ kind }: { kind: ProductKind }) {
  return (
    <svg viewBox="0 0 240 180" aria-hidden="true">
      <ellipse cx="120" cy="152" rx="88" ry="8" fill="currentColor" opacity=".1" />
      {drawings[kind]}
    </svg>
  );
}

const drawings: Record<ProductKind, ReactNode> = {
  tent: (
    <>
      <path d="M28 150C40 84 92 52 128 52s76 30 86 98z" fill="#1f6f5c" />
      <path d="M128 52c-30 8-52 48-56 98H28C40 84 92 52 128 52z" fill="#2c8a73" />
      <path d="M128 52c8 28 10 64 8 98h-30c-4-36 4-74 22-98z" fill="#f3d9a8" />
      <path d="M128 52c36 4 76 30 86 98" fill="none" stroke="#123f35" strokeWidth="3" />
    </>
  ),
  dome: (
    <>
      <path d="M30 150C36 76 84 44 120 44s84 32 90 106z" fill="#d9622f" />
      <path d="M120 44c-34 18-50 62-52 106h104c-2-44-18-88-52-106z" fill="#ee7f49" />
      <path d="M120 86c-18 14-24 40-24 64h48c0-24-6-50-24-64z" fill="#7a2f12" />
      <path d="M30 150C60 70 100 44 120 44s60 26 90 106" fill="none" stroke="#7a2f12" strokeWidth="3" />
    </>
  ),
  pack: (
    <>
      <path d="M84 46c0-14 16-22 36-22s36 8 36 22v96c0 6-4 10-10 10H94c-6 0-10-4-10-10z" fill="#274b7a" />
      <path d="M84 52h72v20c0 6-4 10-10 10H94c-6 0-10-4-10-10z" fill="#34639f" />
      <rect x="98" y="98" width="44" height="38" rx="8" fill="#1b365a" />
      <path d="M72 82c-6 10-6 40 0 52h12V78zM168 82c6 10 6 40 0 52h-12V78z" fill="#1b365a" />
      <path d="M104 24c0-10 32-10 32 0" fill="none" stroke="#1b365a" strokeWidth="5" />
      <rect x="112" y="66" width="16" height="24" rx="3" fill="#f1b24a" />
    </>
  ),
  daypack: (
    <>
      <path d="M82 78c0-30 16-46 38-46s38 16 38 46v62c0 6-4 12-12 12H94c-8 0-12-6-12-12z" fill="#b58a2c" />
      <path d="M94 100h52v34c0 6-4 8-8 8h-36c-4 0-8-2-8-8z" fill="#94701f" />
      <path d="M92 78c0-22 12-34 28-34s28 12 28 34" fill="none" stroke="#6e5214" strokeWidth="3" />
      <path d="M108 32c0-12 24-12 24 0" fill="none" stroke="#6e5214" strokeWidth="5" />
    </>
  ),
  jacket: (
    <>
      <path d="M92 40c8 8 48 8 56 0l30 14 18 74-26 8-10-42v56H80V94l-10 42-26-8 18-74z" fill="#b3372f" />
      <path d="M120 46v104" stroke="#741f1a" strokeWidth="3" />
      <path d="M92 40c4-18 52-18 56 0-8 10-48 10-56 0z" fill="#8d2a23" />
      <path d="M92 108h18v22H92zM130 108h18v22h-18z" fill="#8d2a23" />
    </>
  ),
  bike: (
    <g fill="none" strokeLinecap="round" strokeLinejoin="round">
      <g stroke="#3a4650" strokeWidth="5">
        <circle cx="66" cy="118" r="32" />
        <circle cx="174" cy="118" r="32" />
      </g>
      <path
        d="M66 118 96 72h58l20 46M96 72l22 48 36-48M66 118h52M90 58l28 62"
        stroke="#1f6f5c"
        strokeWidth="6"
      />
      <path
        d="M80 56h20M150 54c-2 10 4 18 4 18l20 46M150 54h16c6 0 8 6 4 10"
        stroke="#3a4650"
        strokeWidth="5"
      />
      <circle cx="118" cy="120" r="8" fill="#3a4650" stroke="none" />
    </g>
  ),
};
