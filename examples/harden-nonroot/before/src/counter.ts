import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";

const file = "data/visits";

async function count(): Promise<number> {
  const before = Number(await readFile(file, "utf8").catch(() => "0"));
  await writeFile(file, String(before + 1));
  return before + 1;
}

createServer(async (request, response) => {
  try {
    if (request.url === "/visit") await count();
    response.end("your visit is counted\n");
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}).listen(8080, () => console.log("counter on port 8080"));
