import { describe, expect, it } from "@jest/globals";
import { dayOfIsoDate } from "../../../src/domain/calendar/local-day.ts";
import { holidaysOn } from "../../../src/domain/helplines/holidays.ts";

const on = (date: string) => holidaysOn(dayOfIsoDate(date));
const certain = (name: string) => [{ name, certain: true }];
const perhaps = (name: string) => [{ name, certain: false }];

describe("the holidays of Vietnam", () => {
  it.each([
    ["2027-01-01", "new-year"],
    ["2027-04-16", "hung-kings"],
    ["2027-04-30", "reunification"],
    ["2027-05-01", "labour"],
    ["2027-09-02", "national-day"],
  ])("%s is off: %s", (date, name) => {
    expect(on(date)).toEqual(certain(name));
  });

  it.each(["2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"])(
    "%s, from the last evening of the old year to the third of the new, is off whatever is decided",
    (date) => expect(on(date)).toEqual(certain("tet")),
  );

  it.each(["2027-02-01", "2027-02-04", "2027-02-09", "2027-02-12"])("%s, around Tết, may be off", (date) => {
    expect(on(date)).toEqual(perhaps("tet"));
  });

  it("follows the Vietnamese Tết of 2030, a day before the Chinese one", () => {
    expect(on("2030-02-01")).toEqual(certain("tet"));
    expect(on("2030-02-04")).toEqual(certain("tet"));
    expect(on("2030-02-05")).toEqual(perhaps("tet"));
  });

  it.each(["2027-09-01", "2027-09-03"])("%s may be the second day of the National Day", (date) => {
    expect(on(date)).toEqual(perhaps("national-day"));
  });

  it("does not know for sure whether the Culture Day is off", () => {
    expect(on("2027-11-24")).toEqual(perhaps("culture-day"));
  });

  it.each(["2027-01-31", "2027-02-13", "2027-01-02", "2027-05-02", "2027-08-31"])(
    "%s is an ordinary day",
    (date) => expect(on(date)).toEqual([]),
  );

  it("says that it does not know, where the lunar calendar is not computed", () => {
    expect(on("2051-06-01")).toBeNull();
  });
});
