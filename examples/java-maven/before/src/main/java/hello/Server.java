package hello;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

public class Server {
  public static void main(String[] args) throws IOException {
    byte[] greeting = Server.class.getResourceAsStream("/greeting.txt").readAllBytes();
    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, greeting.length);
      exchange.getResponseBody().write(greeting);
      exchange.close();
    });
    server.start();
  }
}
