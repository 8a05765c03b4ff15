import { describe, expect, it } from "@jest/globals";
import { Helpline } from "../../../src/domain/helplines/helpline.ts";
import { aHelpline, weekly } from "../../support/helplines.ts";

const row = (over: object) => Helpline.safeParse({ ...aHelpline(), ...over });
/** With the issues inside a failed union, which `readYaml` unfolds for the editor. */
const messages = (over: object) => {
  const { error } = row(over);
  return error === undefined ? "fine" : JSON.stringify(error.issues);
};

describe("a row of the directory", () => {
  it("that is right is taken", () => {
    expect(messages({})).toBe("fine");
    expect(messages({ hours: "always" })).toBe("fine");
    expect(
      messages({ hours: weekly(["mon"], "00:00", "24:00"), closedOn: ["tet"], openOn: ["labour"] }),
    ).toBe("fine");
  });

  it.each<[string, object, RegExp]>([
    ["hours that end before they begin", { hours: weekly(["mon"], "20:00", "06:00") }, /second shift/],
    ["hours of no length", { hours: weekly(["mon"], "20:00", "20:00") }, /second shift/],
    ["an hour that no clock shows", { hours: weekly(["mon"], "20:60", "21:00") }, /13:00/],
    ["25 hours in a day", { hours: weekly(["mon"], "20:00", "25:00") }, /13:00/],
    ["a day of no week", { hours: weekly(["mo" as "mon"], "20:00", "21:00") }, /mon/],
    ["no shift at all", { hours: { zone: "Asia/Ho_Chi_Minh", shifts: [] } }, /./],
    [
      "a zone that was not thought of",
      { hours: { ...weekly(["mon"], "08:00", "09:00"), zone: "Asia/Bangkok" } },
      /Ho_Chi_Minh/,
    ],
    ["a holiday on which it both rests and answers", { closedOn: ["tet"], openOn: ["tet"] }, /one holiday/],
    ["a holiday for a line that is always there", { hours: "always", closedOn: ["tet"] }, /by the week/],
    ["an unknown holiday", { closedOn: ["birthday"] }, /tet/],
    ["ages the wrong way round", { minAge: 18, maxAge: 15 }, /maxAge/],
    ["a category that triage does not know", { categories: ["sadness"] }, /mental_distress/],
    ["an unknown field", { mood: "happy" }, /mood/],
  ])("with %s is refused", (_mistake, over, says) => {
    expect(messages(over)).toMatch(says);
  });
});
