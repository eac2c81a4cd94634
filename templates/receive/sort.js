
"use strict";
for (const table of document.querySelectorAll("table")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[column].dataset.key || row.cells[column].textContent.trim();
      const rows = [...table.tBodies[0].rows].sort((one, other) => key(one).localeCompare(key(other), "en-GB"));
      table.tBodies[0].append(...(down ? rows.reverse() : rows));
    });
  });
}
