import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { html } from "./html.ts";

test("text is escaped, in an element and in an attribute", () => {
  const evil = `"><script>alert('x')</script>&`;
  expect(html`<a title="${evil}">${evil}</a>`.text).toBe(
    '<a title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</a>',
  );
});

test("HTML in HTML is not escaped again, and nothing is nothing", () => {
  const item = (text: string) => html`<li>${text}</li>`;
  expect(html`<ul>${["a", "<b>"].map(item)}${null}${0}</ul>`.text).toBe(
    "<ul><li>a</li><li>&lt;b&gt;</li>0</ul>",
  );
});

test("no text gets out of its place", () => {
  assert(
    property(string(), (text) => {
      expect(html`${text}`.text).not.toMatch(/[<>"']/);
    }),
  );
});
