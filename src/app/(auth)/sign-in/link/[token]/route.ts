import { z } from "zod";
import { route } from "#http/route";
import { redirectWith } from "#http/set-cookies";
import { visitor } from "#http/who";
import { isAppError } from "#lib/errors";
import { redeemSignInLink } from "#services/accounts";
import { limit } from "#services/rate-limit";

export const dynamic = "force-dynamic";

export const GET = route(
  { who: visitor, params: z.object({ token: z.string() }), admit: (_, { ip }) => limit({ signIn: ip }) },
  async ({ params, request }) => {
    // A browser that looks ahead must not use the link up before anybody has followed it.
    if (/prefetch|prerender/.test(request.headers.get("sec-purpose") ?? ""))
      return new Response(null, { status: 204 });
    const cookies = await redeemSignInLink(params.token).catch((error: unknown) => {
      if (isAppError(error) && error.code === "gone") return undefined;
      throw error;
    });
    return cookies === undefined ? redirectWith("/sign-in?link=gone", []) : redirectWith("/inbox", cookies);
  },
);
