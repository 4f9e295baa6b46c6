// Makes dist/ of src/: the page as it is, the script made small.
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { minify } from "terser";

await mkdir("dist", { recursive: true });
await cp("src/index.html", "dist/index.html");
const { code } = await minify(await readFile("src/stock.js", "utf8"), { module: true });
await writeFile("dist/stock.js", code);
