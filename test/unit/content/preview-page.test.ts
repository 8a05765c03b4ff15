import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readFlowBook } from "../../../src/adapters/content/load-flow-book.ts";
import { previewPage } from "../../../src/cli/content/preview-page.ts";
import { readWalkState } from "../../../src/cli/content/walk-state.ts";
import { root } from "../../support/flow-book.ts";

const content = { ...readFlowBook(join(root, "flows")), mistakes: [] };
const page = (at: unknown) => previewPage(content, readWalkState({ at: JSON.stringify(at) }), "s");

describe("the preview", () => {
  it("shows a step as each listener hears it, on each channel", () => {
    const teen = page({ flow: "scam", step: "first", audience: "teen" });
    const parent = page({ flow: "scam", step: "first", audience: "parent", channel: "zalo" });
    expect(teen).toContain('<article class="bubble">');
    expect(parent).toMatch(/<pre class="bubble">[^<]*anh\/chị/i);
    expect(parent).toContain("of 2000 characters");
  });

  it("leads on by the buttons, with the path so far", () => {
    const first = page({ flow: "help_menu", step: "first" });
    const link = /class="button" href="([^"]*online_harm[^"]*)"/.exec(first)?.[1] ?? "";
    const at = JSON.parse(
      new URL(link.replaceAll("&amp;", "&"), "http://x").searchParams.get("at") ?? "",
    ) as unknown;
    expect(page(at)).toContain("help_menu/first</a> → <b>help_menu/online_harm</b>");
  });

  it("lists mistakes with their place, as text", () => {
    const broken = { ...content, mistakes: [{ file: "flows/a.yaml", line: 3, message: "<b>no</b> step" }] };
    expect(previewPage(broken, readWalkState({}), "s")).toContain(
      "<code>flows/a.yaml:3</code> &lt;b&gt;no&lt;/b&gt; step",
    );
  });

  it("begins at the beginning when the address makes no sense", () => {
    expect(previewPage(content, readWalkState({ at: "{{" }), "s")).toContain("Choose a flow");
  });
});
