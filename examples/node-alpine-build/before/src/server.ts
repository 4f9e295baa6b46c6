import { createServer } from "node:http";
import { problem } from "./problem";

createServer((request, response) => {
  const xml = new URL(request.url ?? "/", "http://localhost").searchParams.get("xml") ?? "<empty/>";
  response.end(`${problem(xml) ?? "well-formed"}\n`);
}).listen(8080, () => console.log("xml-check on port 8080"));
