import { describe, expect, it } from "vitest";
import { fits, pickable } from "#components/inbox/composer/media.ts";

describe("files for a platform", () => {
  it("are of a kind that it takes", () => {
    expect(fits("image/png", ["image"])).toBe(true);
    expect(fits("application/pdf", ["image"])).toBe(false);
    expect(fits("image/png", [])).toBe(false);
  });

  it("may be anything where documents are taken", () => {
    expect(fits("", ["document"])).toBe(true);
    expect(fits("video/mp4", ["image", "document"])).toBe(true);
  });

  it("are offered by their kinds", () => {
    expect(pickable(["image", "audio"])).toBe("image/*,audio/*");
    expect(pickable(["image", "document"])).toBeUndefined();
    expect(pickable(undefined)).toBeUndefined();
    expect(pickable([])).toBe("nothing");
  });
});
