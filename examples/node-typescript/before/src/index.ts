import express from "express";
import { greeting } from "./greeting";

const app = express();
const port = Number(process.env.PORT ?? 8080);

app.get("/", (_request, response) => {
  response.json({ message: greeting("guest"), entries: 0 });
});

app.listen(port, () => console.log(`guestbook on port ${port}`));
