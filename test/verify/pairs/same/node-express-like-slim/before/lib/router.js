module.exports = function router() {
  const routes = new Map();
  return {
    on(method, path, fn) {
      routes.set(`${method} ${path}`, fn);
    },
    handle(req, res) {
      const fn = routes.get(`${req.method} ${req.url.split('?')[0]}`);
      if (fn) return fn(req, res);
      res.writeHead(404, { 'Content-Type': 'application/json' }).end('{"error":"not found"}');
    },
  };
};
