fetch("/api/notes")
  .then((response) => response.json())
  .then((notes) => {
    document.querySelector("ul").innerHTML = notes.map((note) => `<li>${note}</li>`).join("");
  });
