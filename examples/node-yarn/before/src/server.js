import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { marked } from "marked";
import { page } from "./page.js";

const text = readFileSync("content/home.md", "utf8");

createServer((request, response) => {
  response.setHeader("Content-Type", "text/html");
  response.end(page("Home", marked.parse(text)));
}).listen(3000, () => console.log("page on port 3000"));
