// Shows the banner once what the page says is no longer known to hold; kept tiny, for it is on every page.
const banner = document.querySelector<HTMLElement>("#stale");

function judge(): void {
  if (banner === null) return;
  const left = Date.parse(banner.dataset["until"] ?? "") - Date.now();
  banner.hidden = left > 0;
  // A timer holds at most 2^31-1 ms; a hidden tab may be late, so it is also judged when it is shown again.
  if (left > 0) setTimeout(judge, Math.min(left, 2 ** 31 - 1));
}

judge();
document.addEventListener("visibilitychange", judge);
