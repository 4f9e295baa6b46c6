from poll import server

server.serve()
