const answer = await fetch("/api/stock");
const list = document.getElementById("stock");

for (const [fruit, count] of Object.entries(await answer.json())) {
  list.append(Object.assign(document.createElement("dt"), { textContent: fruit }));
  list.append(Object.assign(document.createElement("dd"), { textContent: count }));
}
