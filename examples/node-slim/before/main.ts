import { createServer } from "node:http";
import qrcode from "qrcode-generator";

function draw(text: string): string {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  return code.createSvgTag({ scalable: true });
}

createServer((request, response) => {
  response.setHeader("Content-Type", "image/svg+xml");
  response.end(draw(request.url ?? "/"));
}).listen(8080, () => console.log("codes on port 8080"));
