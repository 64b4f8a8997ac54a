import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { RoutingSettings } from "#contracts/desk";
import { closeDatabase, openDatabase, withCompany } from "#lib/db";
import { sweepSeen } from "#lib/sweeps";
import type { OperatorWho } from "#services/accounts";
import { listDeskOperators, saveRouting } from "#services/handover";
import { aCompany, anOperator } from "#support/company";
import { type FreshDatabase, freshDatabase } from "#support/database";
import { forgetJobs, jobsOf } from "#support/desk";

let database: FreshDatabase;
let anna: OperatorWho;

beforeAll(async () => {
  database = await freshDatabase();
  openDatabase(database.url, { max: 8 });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  anna = await anOperator((await aCompany()).companyId, { name: "Anna" });
});

type Sign = { chosen?: "online" | "away"; looks?: boolean; arrives?: boolean };

const note = async (...signs: Sign[]) => {
  const { companyId, userId } = anna;
  const [standing] = await sweepSeen(signs.map((sign) => ({ companyId, userId, ...sign })));
  return standing?.standing;
};
const open: Sign = {};
const inSight: Sign = { looks: true };
const outOfSight: Sign = { looks: false };

/** As if all that was noted had been noted so many minutes earlier, with their windows open ever since. */
async function passes(minutes: number): Promise<void> {
  await withCompany(
    anna.companyId,
    (tx) =>
      tx.$executeRaw`UPDATE presence SET looked_at = looked_at - ${minutes} * interval '1 minute'
      WHERE company_id = ${anna.companyId}::uuid AND user_id = ${anna.userId}::uuid`,
  );
}

describe("an operator whose windows are out of sight", () => {
  it("is away after five minutes, and back as soon as they look", async () => {
    await note(inSight);
    await passes(4);
    expect(await note(open)).toBe("online");
    await passes(2);
    expect(await note(open)).toBe("away");
    const [listed] = await listDeskOperators(anna.companyId);
    expect(listed?.status).toBe("away");
    expect(await note(inSight)).toBe("online");
  });

  it("stays online as long as one of two windows is in sight", async () => {
    await note(inSight);
    await passes(6);
    expect(await note(outOfSight, inSight)).toBe("online");
    await passes(4);
    expect(await note(open, outOfSight)).toBe("online");
  });

  it("is given what waits when they look again", async () => {
    const owner = await anOperator(anna.companyId, { role: "owner" });
    await saveRouting(owner, { ...RoutingSettings.parse({}), mode: "automatic" });
    await note(inSight);
    await passes(6);
    await note(open);
    await forgetJobs("desk.route");
    await note(open);
    expect(await jobsOf("desk.route")).toEqual([]);
    await note(inSight);
    expect(await jobsOf("desk.route")).toHaveLength(1);
  });

  it("counts from when a window was opened out of sight", async () => {
    expect(await note(outOfSight)).toBe("online");
    await passes(6);
    expect(await note(outOfSight)).toBe("away");
  });
});

describe("what an operator chose", () => {
  it("holds over what their windows tell", async () => {
    await note({ chosen: "away" });
    expect(await note(inSight)).toBe("away");
    await passes(6);
    expect(await note(open)).toBe("away");
    expect(await note(inSight)).toBe("away");
    expect(await note({ chosen: "online" })).toBe("online");
  });

  it("holds for windows that tell nothing", async () => {
    await note(open);
    await passes(60);
    expect(await note(open)).toBe("online");
  });
});

it("decides the same when two windows tell at the same moment", async () => {
  await note(inSight);
  await passes(6);
  await Promise.all([note(open), note(inSight), note(open)]);
  expect(await note(open)).toBe("online");
});

describe("an operator whose windows fall silent", () => {
  /** As if all that was noted until now had been noted so many seconds earlier; answers how long they were not seen. */
  async function secondsLater(seconds: number): Promise<void> {
    await withCompany(
      anna.companyId,
      (tx) =>
        tx.$executeRaw`UPDATE presence SET told_at = told_at - ${seconds} * interval '1 second',
          seen_at = seen_at - ${seconds} * interval '1 second'
        WHERE company_id = ${anna.companyId}::uuid AND user_id = ${anna.userId}::uuid`,
    );
  }
  async function unseenFor(): Promise<number> {
    const presence = await withCompany(anna.companyId, (tx) =>
      tx.presence.findFirstOrThrow({ where: { userId: anna.userId } }),
    );
    return Math.round((Date.now() - presence.seenAt.getTime()) / 1_000);
  }

  it("is not seen any more, though a line stands open", async () => {
    await note({ arrives: true }, inSight);
    await secondsLater(140);
    await note(open);
    expect(await unseenFor()).toBe(0);
    await secondsLater(20);
    await note(open);
    await note(open);
    expect(await unseenFor()).toBe(20);
  });

  it("is seen again by whatever a window says, in sight or not", async () => {
    await note({ arrives: true }, inSight);
    await secondsLater(300);
    await note(outOfSight);
    expect(await unseenFor()).toBe(0);
  });

  it("is seen as soon as a window is opened anew", async () => {
    await note({ arrives: true }, inSight);
    await secondsLater(300);
    await note({ arrives: true });
    expect(await unseenFor()).toBe(0);
  });

  it("is never missed where a program holds the line that speaks of nothing", async () => {
    await note({ arrives: true });
    await secondsLater(3_000);
    await note(open);
    expect(await unseenFor()).toBe(0);
  });
});
