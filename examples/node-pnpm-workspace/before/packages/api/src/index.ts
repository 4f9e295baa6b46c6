import { createServer } from "node:http";
import { spell } from "@timers/lib";

const server = createServer((request, response) => {
  const minutes = Number(new URL(request.url ?? "/", "http://localhost").searchParams.get("minutes") ?? 180);
  response.end(`${minutes} minutes are ${spell(minutes * 60_000)}\n`);
});

server.listen(8080, () => console.log("timers on port 8080"));
