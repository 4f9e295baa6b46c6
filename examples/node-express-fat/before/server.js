const path = require("node:path");
const express = require("express");

const app = express();
const notes = ["buy bread", "call Ada"];

app.use(express.static(path.join(__dirname, "public")));
app.use(express.json());

app.get("/api/notes", (request, response) => response.json(notes));
app.post("/api/notes", (request, response) => {
  notes.push(String(request.body.text));
  response.status(201).json(notes);
});

app.listen(3000, () => console.log("notes on port 3000"));
