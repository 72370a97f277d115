package jp.kiban.standards;

/// 標準の誤り. One thing that is wrong in a standard's folder: in which file, where in it, what was seen and what is wanted.
public record Fault(String file, String place, String message) {
    @Override
    public String toString() { return file + (place.isEmpty() ? "" : ":" + place) + ": " + message; }
}
