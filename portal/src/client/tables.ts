// Sorting and filtering for tables marked data-sortable; without this script they are plain tables.

function valueOf(row: HTMLTableRowElement, column: number): string {
  const cell = row.cells[column];
  if (cell === undefined) return "";
  const given = cell.dataset["value"] ?? cell.querySelector("time")?.dateTime;
  return (
    given ??
    (cell.classList.contains("number")
      ? String(Number.parseFloat(cell.textContent))
      : cell.textContent.trim())
  );
}

function compare(a: string, b: string): number {
  const numbers = [Number(a), Number(b)] as const;
  if (a !== "" && b !== "" && !numbers.some(Number.isNaN)) return numbers[0] - numbers[1];
  return a.localeCompare(b, "en", { numeric: true });
}

function sortBy(table: HTMLTableElement, header: HTMLTableCellElement): void {
  const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
  for (const other of header.parentElement?.children ?? []) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", direction);
  const sign = direction === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const rows = [...(body?.rows ?? [])];
  rows.sort((a, b) => sign * compare(valueOf(a, header.cellIndex), valueOf(b, header.cellIndex)));
  body?.append(...rows);
}

function addSorting(table: HTMLTableElement): void {
  for (const header of table.tHead?.rows[0]?.cells ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...header.childNodes);
    button.addEventListener("click", () => sortBy(table, header));
    header.append(button);
  }
}

function addFilter(table: HTMLTableElement, label: string): void {
  const rows = [...(table.tBodies[0]?.rows ?? [])];
  if (rows.length < 6) return; // nothing to search in
  const box = document.createElement("label");
  const input = document.createElement("input");
  const count = document.createElement("output");
  box.className = "filter";
  input.type = "search";
  box.append(`${label} `, input, " ", count);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
    count.value = wanted === "" ? "" : `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  });
  table.before(box);
}

for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
  addSorting(table);
  const label = table.dataset["filter"];
  if (label !== undefined) addFilter(table, label);
}
