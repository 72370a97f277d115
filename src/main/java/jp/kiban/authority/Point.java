package jp.kiban.authority;

/// 代表点. A point that stands for an area (its office, as the address registry gives it), in degrees. It says nothing about where the
/// area ends: the nearest point is not the body that a place belongs to.
public record Point(double latitude, double longitude) {
    private static final double EARTH_METRES = 6_371_008.8;

    public Point {
        if (!(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180))
            throw new IllegalArgumentException("not a point in degrees: " + latitude + ", " + longitude);
    }

    /// Along the great circle.
    public double metresTo(Point other) {
        double a = Math.toRadians(latitude);
        double b = Math.toRadians(other.latitude);
        double h = Math.pow(Math.sin((b - a) / 2), 2)
                + Math.cos(a) * Math.cos(b) * Math.pow(Math.sin(Math.toRadians(other.longitude - longitude) / 2), 2);
        return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, h)));
    }
}
