// Answers with the titles of the items of a feed, read by expat.
const { readFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { join } = require("node:path");
const expat = require("node-expat");

function titles(xml) {
  const found = [];
  let inTitle = false;
  const parser = new expat.Parser("UTF-8");
  parser.on("startElement", (name) => {
    inTitle = name === "title";
  });
  parser.on("endElement", () => {
    inTitle = false;
  });
  parser.on("text", (text) => {
    if (inTitle) found.push(text);
  });
  parser.parse(xml);
  return found;
}

const feed = readFileSync(join(__dirname, "feed.xml"), "utf8");
createServer((request, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(titles(feed)));
}).listen(8080, () => console.log("feed reader on port 8080"));
