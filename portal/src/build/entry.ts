import { createApp } from "astro/app/entrypoint";

const app = createApp({ streaming: false });
// A page that throws must fail the whole build, never become an error page.
app.renderError = (_request, { error, status }) => {
  throw error instanceof Error ? error : new Error(`a page answered ${status}`, { cause: error });
};

/** Renders one page to the bytes of its HTML; rejects with the page's own error, or when no page has this path. */
export async function render(path: string, locals: object): Promise<Uint8Array> {
  const request = new Request(new URL(path, "http://portal.invalid"));
  const routeData = app.match(request);
  if (routeData === undefined) throw new Error(`no page for ${path}`);
  const response = await app.render(request, { locals, routeData });
  return response.bytes();
}
