import type {
  EstimateReport,
  OperatorDesk,
  QueueBoard,
  RoutingView,
  SlaPolicyView,
  TeamView,
} from "#contracts/desk";
import type { OfficeHoursView } from "#contracts/office-hours";
import { idOf } from "./inbox-ids.ts";

const at = "2026-11-20T10:00:00.000Z";
const workday = [
  { from: "09:00", to: "12:30" },
  { from: "13:30", to: "18:00" },
];

export const berlinHours: OfficeHoursView = {
  id: idOf(800),
  name: "Berlin office",
  schedule: {
    timeZone: "Europe/Berlin",
    week: {
      monday: workday,
      tuesday: workday,
      wednesday: workday,
      thursday: workday,
      friday: [{ from: "09:00", to: "17:00" }],
      saturday: [],
      sunday: [],
    },
    holidays: [{ date: "2027-01-01", name: "New Year's Day" }],
  },
  isDefault: true,
  version: 3,
  usedBy: { teams: ["Billing"], policies: ["Standard"] },
  open: true,
  updatedAt: at,
};

const person = (number: number, name: string, more: Partial<OperatorDesk> = {}): OperatorDesk => ({
  id: idOf(number),
  name,
  email: `${number}@northwind.example`,
  role: "operator",
  capacity: 5,
  languages: [],
  skills: [],
  teams: [],
  status: "online",
  load: 0,
  ...more,
});

const billing = { id: idOf(820), name: "Billing" };

export const operators: OperatorDesk[] = [
  person(810, "Ana Duarte", {
    languages: ["de", "pt"],
    skills: [
      { name: "billing", level: 4 },
      { name: "refunds", level: 1 },
    ],
    teams: [billing],
    load: 3,
  }),
  person(811, "Ben Okafor", { capacity: 3, load: 3 }),
  person(812, "سارة", { status: "away", languages: ["ar"] }),
  person(813, "Chen Wei", { status: "offline" }),
];

export const teams: TeamView[] = [
  {
    ...billing,
    members: [{ id: idOf(810), name: "Ana Duarte" }],
    scheduleId: idOf(800),
    waiting: 2,
    open: 7,
    createdAt: at,
  },
  {
    id: idOf(821),
    name: "Returns and everything about them",
    members: [],
    waiting: 0,
    open: 0,
    warning: "Nobody is in this team: what waits for it goes to everyone.",
    createdAt: at,
  },
];

export const policies: SlaPolicyView[] = [
  {
    id: idOf(830),
    name: "Premium",
    enabled: true,
    position: 0,
    match: { tags: ["premium"], channels: ["whatsapp", "web"] },
    targets: { firstResponse: 15, resolution: 1_440 },
    hours: { kind: "always" },
    version: 2,
    running: 3,
    met: 97,
    breached: 3,
    updatedAt: at,
  },
  {
    id: idOf(831),
    name: "Standard",
    enabled: true,
    position: 1,
    match: {},
    targets: { firstResponse: 120, nextResponse: 240 },
    hours: { kind: "schedule", scheduleId: idOf(800) },
    version: 1,
    running: 0,
    met: 0,
    breached: 0,
    updatedAt: at,
  },
];

export const routing: RoutingView = {
  mode: "offer",
  lastOperatorFirst: true,
  overflowAfterSeconds: 300,
  chainAfterSeconds: 0,
  chain: [
    { to: { kind: "operator" }, seconds: 45 },
    { to: { kind: "team", teamId: idOf(820) }, seconds: 120 },
    { to: { kind: "push" }, seconds: 300 },
  ],
  vanishAfterSeconds: 120,
  version: 4,
  warnings: [],
};

/** The line as it is at a moment: two who wait, one of them too long. */
export function boardAt(now: number): QueueBoard {
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  return {
    waiting: 2,
    entries: [
      {
        conversationId: idOf(6),
        customer: "Priya Raman",
        channel: "whatsapp",
        topic: "Returns",
        position: 1,
        since: ago(14),
        estimateMinutes: 2,
        teamId: idOf(820),
        skills: ["billing:3"],
        language: "en",
        due: { kind: "first_response", since: ago(14), warnAt: ago(5), at: ago(3) },
      },
      {
        conversationId: idOf(7),
        customer: "Tomás Ibarra de la Fuente y Montenegro",
        channel: "web",
        topic: "General",
        position: 2,
        since: ago(2),
        estimateMinutes: 5,
        skills: [],
        offered: { operator: { id: idOf(810), name: "Ana Duarte" }, until: ago(-1) },
      },
    ],
    operators,
    hours: { open: true, changesAt: ago(-180), timeZone: "Europe/Berlin" },
    at: ago(0),
  };
}

export const estimates: EstimateReport = {
  samples: 42,
  medianErrorMinutes: 1.6,
  biasMinutes: 2.2,
  recent: [{ conversationId: idOf(801), at, toldMinutes: 5, waitedMinutes: 7.4 }],
};
