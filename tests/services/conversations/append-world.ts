import fc from "fast-check";
import type pg from "pg";
import { newId } from "#lib/ids";
import {
  type Append,
  type Appended,
  append,
  type ConversationRecord,
  findConversation,
} from "#services/conversations";

/** What the commands of these tests may do; those after "nowhere" cannot be stored. */
const acts = [
  ...["ask", "ask", "repeat", "reply", "say", "note", "answer", "answer", "move", "move", "offer", "accept"],
  ...["stale", "elsewhere", "nowhere"],
  ...["NUL in its words", "reply to no id", "impossible job", "known message id", "known client id"],
] as const;
export const poisons = acts.slice(acts.indexOf("NUL in its words"));

export type Act = (typeof acts)[number];
export type Told = { at: number; act: Act; which: number };

export const told = fc.record<Told>({ at: fc.nat(4), act: fc.constantFrom(...acts), which: fc.nat(3) });

export const operatorId = newId();
const moves = [
  { move: "escalate", state: "WAITING_HUMAN" },
  { move: "takeOver", state: "WITH_HUMAN", operatorId, operatorName: "Anna" },
  { move: "resolve", state: "RESOLVED" },
  { move: "handBack", state: "ACTIVE" },
] as const;
const first = Date.UTC(2026, 0, 1);

/**
 * Two companies with three and two conversations. Two worlds that are told the same are the same, once their ids are
 * replaced by what they stand for.
 */
export class World {
  readonly #ids = new Map<string, string>();
  readonly #labels = new Map<string, string>();
  readonly #asked: { at: number; n: number; held: boolean }[] = [];
  readonly #admin: pg.Client;
  #commands = 0;

  private constructor(admin: pg.Client) {
    this.#admin = admin;
  }

  static async make(admin: pg.Client): Promise<World> {
    const world = new World(admin);
    const at = new Date(first);
    for (const company of ["company 0", "company 1"]) {
      const [id, agent, contact] = [
        world.id(company),
        world.id(`agent of ${company}`),
        world.id(`contact of ${company}`),
      ];
      await admin.query("INSERT INTO company (id, name, slug) VALUES ($1, 'Acme', gen_random_uuid())", [id]);
      await admin.query("INSERT INTO agent (id, company_id, name) VALUES ($1, $2, 'Nori')", [agent, id]);
      await admin.query("INSERT INTO contact (id, company_id, name) VALUES ($1, $2, 'Kim')", [contact, id]);
      const places = world.conversations.filter((each) => each.company === company).map((each) => each.id);
      await admin.query(
        `INSERT INTO conversation (id, company_id, agent_id, contact_id, created_at, state_since, last_message_at)
         SELECT place, $2, $3, $4, $5, $5, $5 FROM unnest($1::uuid[]) AS place`,
        [places, id, agent, contact, at],
      );
    }
    return world;
  }

  /** The id that stands for a label in this world. */
  id(label: string): string {
    const id = this.#ids.get(label) ?? newId();
    this.#ids.set(label, id);
    this.#labels.set(id, label);
    return id;
  }

  get conversations(): { id: string; company: string }[] {
    const companies = ["company 0", "company 1", "company 0", "company 1", "company 0"];
    return companies.map((company, at) => ({ id: this.id(`conversation ${at}`), company }));
  }

  /** The conversations as everyone reads them before they command. */
  read(): Promise<ConversationRecord[]> {
    return Promise.all(
      this.conversations.map(({ id, company }) => findConversation({ companyId: this.id(company) }, id)),
    );
  }

  /** Prepares what was told, to be sent when it is called. */
  prepare({ at, act, which }: Told, known: ConversationRecord[]): () => Promise<Appended> {
    const n = this.#commands;
    this.#commands += 1;
    const before = known[at % known.length] as ConversationRecord;
    const other = before.companyId === this.id("company 0") ? this.id("company 1") : this.id("company 0");
    const place = { elsewhere: { companyId: other }, nowhere: { id: newId() } }[String(act)];
    const command = {
      now: new Date(first + (n + 1) * 1_000),
      ...this.#command({ at, act, which }, n, before),
    };
    return () => append({ ...before, ...place }, command);
  }

  #command({ at, act, which }: Told, n: number, before: ConversationRecord): Omit<Append, "now"> {
    const says = (kind: "customer" | "operator" | "agent", more = {}) => ({
      messages: [{ id: this.id(`message ${n}`), author: { kind }, text: `${kind} ${n}`, ...more }],
    });
    const client = `client ${which % 2}`;
    if (act === "ask") {
      const held = which === 0;
      this.#asked.push({ at, n, held });
      const run = { id: this.id(`run ${n}`), messageId: this.id(`answer ${n}`) };
      return { ...says("customer"), run: held ? { ...run, holder: "here", leaseMs: 5_000 } : run };
    }
    if (act === "repeat") return { ...says("customer", { clientId: client }), clientId: client };
    if (act === "reply") return { ...says("operator"), guard: { state: "WITH_HUMAN", operatorId } };
    if (act === "note") return says("operator", { audience: "operators" });
    if (act === "answer") {
      const asked = this.#asked.filter((each) => each.at === at).at(which === 3 ? -2 : -1);
      const { epoch, lastCustomerSeq } = before;
      return {
        ...says("agent"),
        guard: which === 0 ? { epoch } : { epoch, lastCustomerSeq },
        finish: {
          runId: this.id(`run ${asked?.n}`),
          fence: asked?.held ? 1 : 0,
          state: "complete",
          text: `agent ${n}`,
        },
      };
    }
    if (act === "move") return this.#move(which, n, before);
    if (act === "offer") return { offered: which > 0 };
    if (act === "accept") return { acceptedBy: operatorId };
    if (act === "stale") return { ...says("operator"), guard: { epoch: before.epoch + 7 } };
    if (act === "NUL in its words") return says("customer", { text: "a\u0000b" });
    if (act === "reply to no id") return says("customer", { replyTo: "the first" });
    if (act === "impossible job")
      return { ...says("customer"), jobs: [{ task: "x", payload: {}, maxAttempts: -1 }] };
    if (act === "known message id") return { messages: [0, 1].flatMap(() => says("customer").messages) };
    if (act === "known client id") return says("customer", { clientId: client });
    return says("operator");
  }

  #move(which: number, n: number, before: ConversationRecord): Omit<Append, "now"> {
    const change = moves[which % moves.length] ?? moves[0];
    const sentence = `It was told so in ${n}.`;
    const packet = { reason: "manual" as const, sentence, summary: "", tried: [] };
    return {
      change: { ...change, waitingSince: new Date(first), reason: "manual" },
      messages: [{ id: this.id(`message ${n}`), author: { kind: "system" }, text: sentence }],
      decisions: [
        { phase: "before_answer", outcome: "escalate", sentence, trace: [], signals: {}, versions: {} },
      ],
      jobs: [{ task: "queue.clock", payload: {}, key: `move:${before.id}` }],
      ...(change.state === "WAITING_HUMAN" && { escalation: { reason: "manual", sentence, packet } }),
    };
  }

  /** Everything that is stored for this world, in order, without what may differ between two worlds. */
  async stored(): Promise<unknown> {
    const places = this.conversations.map(({ id }) => id);
    const companies = ["company 0", "company 1"].map((company) => this.id(company));
    const rows = async (text: string, value: unknown) => (await this.#admin.query(text, [value])).rows;
    const ofPlaces = (table: string, row: string, order: string) =>
      rows(
        `SELECT ${row} AS row FROM ${table} AS t WHERE conversation_id = ANY($1)
         ORDER BY array_position($1, conversation_id), ${order}`,
        places,
      );
    return this.named({
      conversations: await rows(
        "SELECT to_jsonb(t) AS row FROM conversation t WHERE id = ANY($1) ORDER BY array_position($1, id)",
        places,
      ),
      events: await ofPlaces("event", "to_jsonb(t) - 'txid'", "seq"),
      messages: await ofPlaces("message", "to_jsonb(t)", "seq"),
      runs: await ofPlaces(
        "run",
        "to_jsonb(t) - '{started_at,lease_until}'::text[] || jsonb_build_object('held', lease_until IS NOT NULL)",
        "customer_seq",
      ),
      decisions: await ofPlaces("decision", "to_jsonb(t) - 'id'", "created_at"),
      escalations: await ofPlaces("escalation", "to_jsonb(t) - 'id'", "created_at"),
      jobs: await rows(
        "SELECT task_identifier, key FROM graphile_worker.jobs WHERE key = ANY($1) ORDER BY array_position($1, key)",
        places.map((place) => `move:${place}`),
      ),
      counters: await rows(
        `SELECT name, sum(value)::int AS value FROM counter WHERE company_id = ANY($1)
         GROUP BY company_id, name ORDER BY array_position($1, company_id), name`,
        companies,
      ),
    });
  }

  /** The same with the label in place of every id. */
  named(value: unknown): unknown {
    const text = JSON.stringify(value, (_, each) => (each instanceof Error ? failure(each) : each));
    return JSON.parse(
      text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => this.#labels.get(id) ?? id),
    );
  }
}

function failure(error: Error): string {
  return "code" in error ? String(error.code) : error.message;
}
