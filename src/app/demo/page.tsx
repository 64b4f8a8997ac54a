import type { Metadata } from "next";
import { demoAgentId } from "#services/accounts";
import styles from "./demo.module.css";
import { ProductArt } from "./product-art.tsx";
import { products } from "./products.ts";

export const metadata: Metadata = {
  title: { absolute: "Nordlicht Outdoor: gear for long evenings outside" },
};
export const dynamic = "force-dynamic";

const tries = [
  "How long do I have to return a tent?",
  "Which pack fits a three-day hike?",
  "I'd rather talk to a person",
];

/** A shop that embeds the chat as any site would: by one line of script. */
export default async function DemoPage() {
  const agentId = await demoAgentId();
  return (
    <div className={styles.shop}>
      <header className={styles.bar}>
        <a className={styles.brand} href="/demo">
          <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
            <path d="M3 26 12 9l5 8 3-5 9 14z" fill="currentColor" />
            <path
              d="M5 7c5-4 9 2 13-1s6-2 9 0"
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeLinecap="round"
            />
          </svg>
          Nordlicht
        </a>
        <nav className={styles.nav} aria-label="Shop">
          <a href="#tents">Tents</a>
          <a href="#packs">Packs</a>
          <a href="#jackets">Jackets</a>
          <a href="#bikes">Bikes</a>
        </nav>
        <span className={styles.note}>A demo shop. Nothing is for sale.</span>
      </header>

      <main>
        <section className={styles.hero}>
          <div className={styles.heroText}>
            <p className={styles.season}>Autumn 2026</p>
            <h1>Made for the hours after sunset</h1>
            <p className={styles.lead}>
              Tents that stand in wind, packs that carry well, jackets that stay dry. Repairable, and made to
              last longer than the trail.
            </p>
            <div className={styles.tries}>
              <h2>Try the chat in the corner</h2>
              <ul>
                {tries.map((question) => (
                  <li key={question}>{question}</li>
                ))}
              </ul>
            </div>
          </div>
          <HeroArt />
        </section>

        <section className={styles.grid} aria-label="Products">
          {products.map(({ id, name, kind, line, price }) => (
            <article key={id} id={id} className={styles.card}>
              <div className={styles.art}>
                <ProductArt kind={kind} />
              </div>
              <div className={styles.cardText}>
                <h3>{name}</h3>
                <p>{line}</p>
                <p className={styles.price}>{price}</p>
              </div>
            </article>
          ))}
        </section>

        <section className={styles.promises} aria-label="What we promise">
          <p>
            <strong>60 days</strong> to send it back
          </p>
          <p>
            <strong>Repairs</strong> in our own workshop
          </p>
          <p>
            <strong>Delivery</strong> in two to four working days
          </p>
        </section>
      </main>

      <footer className={styles.footer}>
        <p>Nordlicht Outdoor, a shop that exists only to show Baton at work.</p>
        <p>
          <a href="/demo/telephony">Practice phone</a>
          {" · "}
          <a href="/demo/react">Build your own window with React</a>
          {" · "}
          <a href="/inbox">Operators’ inbox</a>
        </p>
      </footer>
      {agentId && <script async src="/widget/loader.js" data-agent={agentId} data-color="#1f5f54" />}
    </div>
  );
}

function HeroArt() {
  return (
    <svg
      className={styles.scene}
      viewBox="0 0 640 480"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#0b1f2a" />
          <stop offset=".55" stopColor="#12474a" />
          <stop offset="1" stopColor="#e0a877" />
        </linearGradient>
        <linearGradient id="light" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#7ff0c0" stopOpacity="0" />
          <stop offset=".5" stopColor="#7ff0c0" stopOpacity=".5" />
          <stop offset="1" stopColor="#7ff0c0" stopOpacity="0" />
        </linearGradient>
      </defs>
      <rect width="640" height="480" fill="url(#sky)" />
      <path
        d="M-20 150C120 40 240 190 380 90S560 60 680 20v110C560 150 480 160 400 200S160 160-20 260z"
        fill="url(#light)"
      />
      <g fill="#fff" opacity=".8">
        <circle cx="90" cy="60" r="1.6" />
        <circle cx="190" cy="96" r="1.2" />
        <circle cx="300" cy="40" r="1.8" />
        <circle cx="450" cy="70" r="1.2" />
        <circle cx="560" cy="120" r="1.6" />
        <circle cx="610" cy="48" r="1.2" />
      </g>
      <path d="M0 330 110 220l70 62 96-118 120 140 74-66 170 132v100H0z" fill="#173b40" />
      <path d="M276 164 244 204l22-8 14 16 18-14z" fill="#dfeee8" opacity=".85" />
      <path d="M0 380c120-46 220-30 330-8s210 10 310-24v132H0z" fill="#0e2a2b" />
      <path d="M318 408 400 300l84 108z" fill="#e2683c" />
      <path d="M400 300 376 408h46z" fill="#ffd79a" />
      <path d="M400 300 484 408h26L412 296z" fill="#b94c27" />
      <path d="M0 420c160-26 420-26 640 4v56H0z" fill="#0a1d1f" />
      <g fill="#0a1d1f">
        <path d="M60 420 84 330l24 90zM110 424l18-66 18 66zM560 424l22-84 24 84z" />
      </g>
    </svg>
  );
}
