import { createServer } from "node:http";
import slugify from "slugify";

createServer((request, response) => {
  const title = decodeURIComponent((request.url ?? "/").slice(1));
  response.end(`${slugify(title, { lower: true })}\n`);
}).listen(8080, () => console.log("slugs on port 8080"));
