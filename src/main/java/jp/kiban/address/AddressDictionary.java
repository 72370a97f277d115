package jp.kiban.address;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// 住所辞書. The compiled, immutable, memory-mapped dictionary of towns, residences and lots that `addresses build` writes. Opening
/// checks format and checksum and refuses a damaged or foreign file. Safe for use by many threads.
public final class AddressDictionary implements AutoCloseable {
    private AddressDictionary() {}

    public static AddressDictionary open(Path file) throws IOException { throw new UnsupportedOperationException(); }

    /// The data version: the same sources in the same order give the same version.
    public String version() { throw new UnsupportedOperationException(); }

    /// The sources it was compiled from, in order.
    public List<Source> sources() { throw new UnsupportedOperationException(); }

    /// One source: file name, kind, rows taken, and the SHA-256 of the file.
    public record Source(String name, String kind, long rows, String sha256) {}

    public Optional<Town> byId(String lgCode, String machiazaId) { throw new UnsupportedOperationException(); }

    /// Towns of a postal code, with or without hyphen.
    public List<Town> byPostalCode(String code) { throw new UnsupportedOperationException(); }

    /// The nearest towns to a point, nearest first.
    public List<Near> nearest(double latitude, double longitude, int limit) {
        throw new UnsupportedOperationException();
    }

    /// A town and its distance.
    public record Near(Town town, double metres) {}

    /// Search as you type: towns whose name (or kana) goes on from what was typed so far, from the prefecture, the municipality or
    /// the town on.
    public List<Town> search(String typed, int limit) { throw new UnsupportedOperationException(); }

    /// All towns, in the order of their codes.
    public Stream<Town> towns() { throw new UnsupportedOperationException(); }

    @Override
    public void close() {}
}
