import express from "express";
import { total } from "./dice.ts";

const app = express();

app.get("/roll/:dice", (request, response) => {
  const dice = request.params.dice;
  response.json({ dice, highest: total(dice) });
});

app.listen(3000, () => console.log("dice on port 3000"));
