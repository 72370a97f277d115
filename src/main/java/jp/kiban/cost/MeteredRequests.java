package jp.kiban.cost;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import jp.kiban.store.Work;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// 要求の計量. Each request is one unit of work: outermost of all filters, so that checking who asks is counted as well. Bytes
/// are those of the two bodies, before compression; nothing is held back, a stream stays a stream.
@Configuration(proxyBeanMethods = false)
class MeteredRequests {
    @Bean
    FilterRegistrationBean<Filter> meteredRequestsFilter() {
        var registration = new FilterRegistrationBean<Filter>(MeteredRequests::metered);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ERROR);
        return registration;
    }

    private static void metered(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answered)) {
            chain.doFilter(request, response);
            return;
        }
        var work = Work.begin(asked.getMethod() + " " + asked.getRequestURI());
        var in = new CountedRequest(asked);
        var out = new CountedResponse(answered);
        try {
            chain.doFilter(in, out);
        } finally {
            work.moved(in.bytes() + out.bytes());
            work.end();
        }
    }

    /// A form's body is read by the server itself, unseen here: its declared length counts. Without one, what is read does.
    private static final class CountedRequest extends HttpServletRequestWrapper {
        private Optional<CountedInput> input = Optional.empty();

        CountedRequest(HttpServletRequest request) { super(request); }

        long bytes() { return Math.max(getContentLengthLong(), input.map(i -> i.count).orElse(0L)); }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (input.isEmpty())
                input = Optional.of(new CountedInput(super.getInputStream()));
            return input.get();
        }
    }

    private static final class CountedInput extends ServletInputStream {
        private final ServletInputStream in;
        private long count;

        CountedInput(ServletInputStream in) { this.in = in; }

        @Override
        public int read() throws IOException {
            int one = in.read();
            if (one >= 0)
                count++;
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0)
                count += read;
            return read;
        }

        @Override
        public boolean isFinished() { return in.isFinished(); }

        @Override
        public boolean isReady() { return in.isReady(); }

        @Override
        public void setReadListener(ReadListener listener) { in.setReadListener(listener); }

        @Override
        public void close() throws IOException { in.close(); }
    }

    private static final class CountedResponse extends HttpServletResponseWrapper {
        private Optional<CountedOutput> output = Optional.empty();
        private Optional<CountedWriter> writer = Optional.empty();
        private Optional<PrintWriter> printer = Optional.empty();

        CountedResponse(HttpServletResponse response) { super(response); }

        long bytes() { return output.map(o -> o.count).orElse(0L) + writer.map(w -> w.count).orElse(0L); }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            if (output.isEmpty())
                output = Optional.of(new CountedOutput(super.getOutputStream()));
            return output.get();
        }

        @Override
        public PrintWriter getWriter() throws IOException {
            if (printer.isEmpty()) {
                var counted = new CountedWriter(super.getWriter());
                writer = Optional.of(counted);
                printer = Optional.of(new PrintWriter(counted));
            }
            return printer.get();
        }
    }

    private static final class CountedOutput extends ServletOutputStream {
        private final ServletOutputStream out;
        private long count;

        CountedOutput(ServletOutputStream out) { this.out = out; }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }

        @Override
        public boolean isReady() { return out.isReady(); }

        @Override
        public void setWriteListener(WriteListener listener) { out.setWriteListener(listener); }

        @Override
        public void flush() throws IOException { out.flush(); }

        @Override
        public void close() throws IOException { out.close(); }
    }

    /// Counts what the letters are in UTF-8, the only encoding of our pages.
    private static final class CountedWriter extends Writer {
        private final Writer out;
        private long count;

        CountedWriter(Writer out) { this.out = out; }

        @Override
        public void write(char[] letters, int offset, int length) throws IOException {
            out.write(letters, offset, length);
            for (int i = offset; i < offset + length; i++)
                // a surrogate is half of a letter of four bytes
                count += letters[i] < 0x80 ? 1 : letters[i] < 0x800 || Character.isSurrogate(letters[i]) ? 2 : 3;
        }

        @Override
        public void flush() throws IOException { out.flush(); }

        @Override
        public void close() throws IOException { out.close(); }
    }
}
