package jp.kiban.conformity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// 固定した線. HTTP/1.1 to addresses that were looked up and found reachable before, and to no others: the name is not looked up
/// again, a redirection is an answer like any other, and no proxy is asked. One connection a call; a call that takes longer
/// than it may is cut off, whether it connects, writes or reads; an answer that is larger than it may be is not read to its end.
/// A certificate has to be of the name, not of the address.
final class PinnedLine implements Target.Line {
    private static final int LARGEST_HEAD = 32 * 1024;
    private static final long WATCH_MILLIS = 100;
    private static final long GOODBYE_NANOS = 10_000_000_000L;
    private static final long MOST_BYTES_A_RUN = 512L * 1024 * 1024;

    private final List<InetAddress> addresses;
    private final int port;
    private final String host;
    private final boolean tls;
    private final SSLSocketFactory certificates;
    private final Brake brake;
    private final Map<Socket, Long> open = new ConcurrentHashMap<>();
    private final Thread watch;
    private volatile boolean closed;
    private volatile long goodbyeUntil = Long.MAX_VALUE;
    private long bytes;

    /// @param host the name, for the head of the call and for the certificate
    /// @param addresses of the name; the first that connects is taken
    PinnedLine(String host, int port, boolean tls, List<InetAddress> addresses, SSLSocketFactory certificates,
            Brake brake) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.addresses = List.copyOf(addresses);
        this.certificates = certificates;
        this.brake = brake;
        this.watch = Thread.ofPlatform().daemon().name("conformity watch").start(this::watch);
        brake.cuts(this::cut);
    }

    /// Closes what takes too long: reading, writing and shaking hands end with that.
    private void watch() {
        try {
            while (!closed) {
                Thread.sleep(WATCH_MILLIS);
                long now = System.nanoTime();
                open.forEach((socket, until) -> {
                    if (until - now < 0)
                        quietly(socket);
                });
            }
        } catch (InterruptedException done) {
            // the line is closed
        }
    }

    private void cut() { open.keySet().forEach(PinnedLine::quietly); }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is
        }
    }

    @Override
    public void leaving() {
        goodbyeUntil = System.nanoTime() + GOODBYE_NANOS;
        brake.goodbye();
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        cut();
    }

    @Override
    public Target.Reply send(Target.Call call, Duration longest, int largestBytes) throws IOException {
        brake.check();
        long until = Math.min(System.nanoTime() + longest.toNanos(), goodbyeUntil);
        IOException refused = new IOException("there is no such host");
        for (var address : addresses) {
            // not the usual one: a proxy of the whole machine would look the name up again
            try (var socket = new Socket(Proxy.NO_PROXY)) {
                open.put(socket, until);
                try {
                    socket.setTcpNoDelay(true);
                    socket.connect(new InetSocketAddress(address, port), left(until));
                } catch (IOException next) {
                    late(until, next);
                    refused = next;
                    continue;
                }
                return talk(call, socket, until, largestBytes);
            } catch (IOException broken) {
                brake.check();
                late(until, broken);
                throw broken;
            } finally {
                open.keySet().removeIf(Socket::isClosed);
            }
        }
        brake.check();
        throw refused;
    }

    private static int left(long until) throws HttpTimeoutException {
        long millis = (until - System.nanoTime()) / 1_000_000;
        if (millis <= 0)
            throw new HttpTimeoutException("late");
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static void late(long until, IOException broken) throws HttpTimeoutException {
        if (broken instanceof HttpTimeoutException late)
            throw late;
        if (until - System.nanoTime() <= 0)
            throw new HttpTimeoutException("late");
    }

    private Target.Reply talk(Target.Call call, Socket plain, long until, int largestBytes) throws IOException {
        if (!tls)
            return talkOver(call, plain, largestBytes);
        try (var socket = (SSLSocket) certificates.createSocket(plain, host, port, true)) {
            var wanted = socket.getSSLParameters();
            wanted.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(wanted);
            socket.setSoTimeout(left(until));
            socket.startHandshake();
            return talkOver(call, socket, largestBytes);
        }
    }

    private Target.Reply talkOver(Target.Call call, Socket socket, int largestBytes) throws IOException {
        var out = socket.getOutputStream();
        out.write(written(call));
        out.flush();
        return new Answering(socket.getInputStream(), largestBytes).reply();
    }

    private byte[] written(Target.Call call) throws ProtocolException {
        var path = call.address().getRawPath();
        var head = new StringBuilder(call.method()).append(' ').append(path.isEmpty() ? "/" : path)
                .append(" HTTP/1.1\r\n");
        field(head, "Host", (host.contains(":") ? "[" + host + "]" : host) + (port == (tls ? 443 : 80)
                ? ""
                : ":" + port));
        for (var one : call.headers().entrySet())
            field(head, one.getKey(), one.getValue());
        field(head, "Connection", "close");
        byte[] body = call.body().orElse("").getBytes(StandardCharsets.UTF_8);
        if (call.body().isPresent())
            field(head, "Content-Length", Integer.toString(body.length));
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static void field(StringBuilder head, String name, String value) throws ProtocolException {
        if (!name.matches("[A-Za-z0-9-]+") || !value.matches("[\\x20-\\x7e]*"))
            throw new ProtocolException("a header that cannot be sent: " + name);
        head.append(name).append(": ").append(value).append("\r\n");
    }

    /// 答え. Reads one answer: head, and body by its length, in pieces, or to the end.
    private final class Answering {
        private final InputStream in;
        private final int largest;

        Answering(InputStream in, int largest) {
            this.in = new java.io.BufferedInputStream(in);
            this.largest = largest;
        }

        Target.Reply reply() throws IOException {
            for (int early = 0; early < 5; early++) {
                var head = new Head();
                if (head.status >= 200)
                    return new Target.Reply(head.status, head.fields, body(head));
            }
            throw new ProtocolException("no answer but preliminary ones");
        }

        private final class Head {
            final int status;
            final Map<String, String> fields = new LinkedHashMap<>();

            Head() throws IOException {
                int[] left = {LARGEST_HEAD};
                var first = line(left);
                if (!first.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?"))
                    throw new ProtocolException("what answers does not speak HTTP/1.1");
                status = Integer.parseInt(first.substring(9, 12));
                for (var one = line(left); !one.isEmpty(); one = line(left)) {
                    int colon = one.indexOf(':');
                    if (colon < 1)
                        throw new ProtocolException("a header without a name");
                    var name = one.substring(0, colon).toLowerCase(Locale.ROOT);
                    var before = fields.putIfAbsent(name, one.substring(colon + 1).strip());
                    if (before != null && name.equals("content-length") && !before.equals(one.substring(colon + 1)
                            .strip()))
                        throw new ProtocolException("two lengths of one answer");
                }
            }
        }

        private String line(int[] left) throws IOException {
            var text = new StringBuilder();
            for (int one = in.read(); one != '\n'; one = in.read()) {
                if (one < 0)
                    throw new ProtocolException("the connection ended before the answer did");
                if (--left[0] < 0)
                    throw new ProtocolException("the head of the answer exceeds capacity");
                text.append((char) one);
            }
            return text.isEmpty() || text.charAt(text.length() - 1) != '\r'
                    ? text.toString()
                    : text.substring(0, text.length() - 1);
        }

        private String body(Head head) throws IOException {
            if (head.status == 204 || head.status == 304)
                return "";
            var out = new ByteArrayOutputStream();
            var coding = head.fields.getOrDefault("transfer-encoding", "");
            var length = head.fields.getOrDefault("content-length", "");
            if (coding.equalsIgnoreCase("chunked"))
                pieces(out);
            else if (!coding.isEmpty() || !head.fields.getOrDefault("content-encoding", "identity").equals("identity"))
                throw new ProtocolException("the answer is packed, which nobody asked for");
            else if (length.isEmpty())
                for (int one = in.read(); one >= 0; one = in.read()) {
                    counted(out, 1);
                    out.write(one);
                }
            else if (length.matches("[0-9]{1,18}"))
                exactly(out, Long.parseLong(length));
            else
                throw new ProtocolException("a length that is none");
            return out.toString(StandardCharsets.UTF_8);
        }

        private void pieces(ByteArrayOutputStream out) throws IOException {
            int[] left = {LARGEST_HEAD};
            while (true) {
                var size = line(new int[]{1_000}).replaceFirst(";.*", "").strip();
                if (!size.matches("[0-9A-Fa-f]{1,8}"))
                    throw new ProtocolException("a piece of no length");
                long count = Long.parseLong(size, 16);
                if (count == 0)
                    break;
                exactly(out, count);
                if (!line(new int[]{2}).isEmpty())
                    throw new ProtocolException("a piece longer than it says");
            }
            while (!line(left).isEmpty()) {
                // trailers say nothing that is wanted
            }
        }

        private void exactly(ByteArrayOutputStream out, long count) throws IOException {
            counted(out, count);
            byte[] got = in.readNBytes((int) count);
            if (got.length < count)
                throw new ProtocolException("the connection ended before the answer did");
            out.writeBytes(got);
        }

        private void counted(ByteArrayOutputStream out, long more) throws IOException {
            if (out.size() + more > largest || more > largest)
                throw new IOException("the answer exceeds capacity");
            synchronized (PinnedLine.this) {
                bytes += more;
                if (bytes > MOST_BYTES_A_RUN)
                    throw new Trouble(Trouble.Kind.CANNOT, "the target has sent more than " + MOST_BYTES_A_RUN / 1024
                            / 1024 + " MB in one run");
            }
        }
    }
}
