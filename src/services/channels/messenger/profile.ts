import { z } from "zod";
import type { Outside } from "#channels/channel";
import { ifTold } from "#channels/failure";
import { askGraph } from "#channels/meta/graph";
import { Name } from "#channels/values";
import { graphOf } from "./client.ts";
import type { Settings } from "./settings.ts";

const Person = z.looseObject({ first_name: Name.optional(), last_name: Name.optional() });

/** Asks what a customer is called; many do not tell, and not every app may ask (Meta, "User Profile API"). */
export async function profile(
  senderId: string,
  settings: Settings,
  outside: Outside,
): Promise<{ name?: string } | undefined> {
  const call = { path: [senderId], query: { fields: "first_name,last_name" }, repeatable: true };
  const person = await ifTold(askGraph(graphOf(settings, outside), call, Person));
  const name = [person?.first_name, person?.last_name].filter(Boolean).join(" ");
  return name === "" ? undefined : { name };
}
