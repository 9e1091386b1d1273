import { kitsReportOf } from "./kits-report.ts";
import type { Reply } from "./messages.ts";
import { reportOf } from "./report.ts";
import { showKits } from "./show-kits.ts";
import { showLine, showReport } from "./show.ts";
import type { Asked } from "./workers.ts";

/** Where a page shows how a verification goes and what it came to: its `#result` and `#progress`. */
export interface Panel {
  /** Follows what was asked, which makes what was asked before moot, and says so in a line. */
  follow(asked: Asked, line: string): void;
  /** Shows what a worker replied, or what went wrong before it could be asked. */
  receive(reply: Reply): void;
  /** Shows one line. */
  say(line: string): void;
}

/** The panel of this page. */
export function createPanel(): Panel {
  const result = find("#result", HTMLElement);
  const progress = find("#progress", HTMLProgressElement);
  let followed: Asked | null = null;
  const receive = (reply: Reply): void => {
    if (reply.kind === "progress") {
      progress.hidden = false;
      progress.max = reply.total;
      progress.value = reply.done;
      return;
    }
    followed?.end(); // a kit takes as much memory as it has bytes
    progress.hidden = true;
    result.removeAttribute("aria-busy");
    if (reply.kind === "problem") showLine(result, `Nothing was verified: ${reply.message}.`);
    else showJudged(result, reply);
  };
  return {
    follow(asked, line) {
      followed?.end();
      followed = asked;
      asked.worker.addEventListener("message", (event: MessageEvent<Reply>) => receive(event.data));
      asked.worker.addEventListener("error", () =>
        receive({ kind: "problem", message: "the verifier could not be started" }),
      );
      result.setAttribute("aria-busy", "true");
      showLine(result, line);
    },
    receive,
    say: (line) => showLine(result, line),
  };
}

function showJudged(
  target: HTMLElement,
  { judged, engine, about }: Extract<Reply, { kind: "result" }>,
): void {
  const [only, ...others] = judged;
  if (only === undefined) throw new Error("unreachable: something was judged");
  if (others.length > 0) showKits(target, kitsReportOf(judged, engine));
  else showReport(target, reportOf(only.verification, { engine, about, ms: only.ms }));
}

/** What must be on this page. */
export function find<T extends Element>(selector: string, type: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`unreachable: no ${selector} on this page`);
  return found;
}
