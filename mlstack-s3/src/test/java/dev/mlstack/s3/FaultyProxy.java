package dev.mlstack.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and does to some requests what networks do. It speaks just
 * enough HTTP to know where a request and its answer end, and gives each a connection of its own.
 */
final class FaultyProxy implements AutoCloseable {

  /** What becomes of a request. */
  enum Fault {
    /** The connection is reset before the server hears of it. */
    RESET_BEFORE,
    /** The server does it, but the connection is reset before the answer. */
    LOSE_ANSWER,
    /** The answer ends in the middle of its body. */
    CUT_ANSWER,
    /** The server hears nothing; the client is told to slow down. */
    SLOW_DOWN,
    /** The server hears nothing; the client is told that it may not do that. */
    FORBID,
    /** The server hears nothing; the client gets no answer until the proxy is closed. */
    HANG,
    /** The conditions of the request are lost on the way, as if the server did not know them. */
    FORGET_CONDITIONS
  }

  private record Rule(Fault fault, String start, AtomicInteger times) {}

  private final ServerSocket listener;
  private final int server;
  private final Deque<Rule> rules = new ConcurrentLinkedDeque<>();
  private final Deque<Socket> sockets = new ConcurrentLinkedDeque<>();
  private final AtomicInteger requests = new AtomicInteger();

  FaultyProxy(int server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "proxy");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how many requests have come. */
  int requests() {
    return requests.get();
  }

  /**
   * Breaks the next requests of a kind.
   *
   * @param start what their first line begins with and has later on, such as {@code PUT packs/}
   */
  void breakNext(int times, Fault fault, String start) {
    rules.add(new Rule(fault, start, new AtomicInteger(times)));
  }

  /** Breaks nothing any more. */
  void heal() {
    rules.clear();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        sockets.add(client);
        Thread worker = new Thread(() -> serve(client), "proxied request");
        worker.setDaemon(true);
        worker.start();
      } catch (IOException e) {
        return; // The proxy was closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = readHead(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      requests.incrementAndGet();
      serve(client, head);
    } catch (IOException e) {
      return; // One of the two has gone, as it happens.
    }
  }

  private void serve(Socket client, String head) throws IOException {
    Fault fault = next(head);
    if (fault == Fault.RESET_BEFORE) {
      reset(client);
      return;
    }
    if (fault == Fault.HANG) {
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
      return;
    }
    if (fault == Fault.SLOW_DOWN || fault == Fault.FORBID) {
      skipBody(client, head);
      boolean slow = fault == Fault.SLOW_DOWN;
      refuse(client, slow ? "503 Slow Down" : "403 Forbidden", slow ? "SlowDown" : "AccessDenied");
      return;
    }
    try (Socket to = new Socket(InetAddress.getLoopbackAddress(), server)) {
      sockets.add(to);
      forward(client, head, fault, to);
    }
  }

  private static void forward(Socket client, String head, @Nullable Fault fault, Socket to)
      throws IOException {
    String sent = withoutHeader(head, "connection") + "Connection: close\r\n\r\n";
    if (fault == Fault.FORGET_CONDITIONS) {
      sent = sent.replaceAll("(?i)if-(none-)?match:[^\r]*\r\n", "");
    }
    to.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
    copyBody(client.getInputStream(), to.getOutputStream(), lengthOf(head));
    byte[] answer = to.getInputStream().readAllBytes();
    if (fault == Fault.LOSE_ANSWER) {
      reset(client);
    } else if (fault == Fault.CUT_ANSWER) {
      client
          .getOutputStream()
          .write(answer, 0, answer.length - (answer.length - bodyAt(answer)) / 2);
    } else {
      client.getOutputStream().write(answer);
    }
  }

  private @Nullable Fault next(String head) {
    String line = head.substring(0, head.indexOf('\r'));
    for (Rule rule : rules) {
      String[] words = rule.start().split(" ", 2);
      if (line.startsWith(words[0])
          && line.contains(words[1])
          && rule.times().getAndDecrement() > 0) {
        return rule.fault();
      }
    }
    return null;
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static String withoutHeader(String head, String name) {
    return head.substring(0, head.length() - 2)
        .replaceAll("(?i)" + name + ":[^\r]*\r\n", "")
        .replaceAll("(?i)expect:[^\r]*\r\n", "");
  }

  private static long lengthOf(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
        .findFirst()
        .orElse(0);
  }

  private static void skipBody(Socket client, String head) throws IOException {
    copyBody(client.getInputStream(), OutputStream.nullOutputStream(), lengthOf(head));
  }

  private static void copyBody(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    out.flush();
  }

  private static int bodyAt(byte[] answer) {
    return new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
  }

  private static void refuse(Socket client, String status, String code) throws IOException {
    String body = "<Error><Code>" + code + "</Code><Message>as the test wants</Message></Error>";
    String answer =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: application/xml\r\nConnection: close\r\n"
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
  }

  /** Ends a connection so that the other side sees a reset. */
  private static void reset(Socket client) throws IOException {
    client.setSoLinger(true, 0);
    client.close();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
