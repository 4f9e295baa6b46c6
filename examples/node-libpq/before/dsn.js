// libpq is compiled against the C library of that name, which the full image happens to hold.
const Libpq = require("libpq");

const connection = new Libpq();
connection.connect("host=/nowhere dbname=shop", (error) => {
  console.log(/nowhere/.test(error.message) ? "libpq is at work: no such server" : error.message);
});
